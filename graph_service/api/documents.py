"""Documents: query texts, parsed and checked once, and kept with their plans."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
    parse,
    specified_rules,
    validate,
)

from graph_service.api.limits import DocumentLimits
from graph_service.api.variables import Variables
from graph_service.errors import BadInput, LimitExceeded
from graph_service.reads.plan import Plan
from graph_service.reads.selection import SelectionReader, condition_variables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, GraphQLSchema, ValidationContext

    from graph_service.api.limits import Limits
    from graph_service.reads.arguments import ReadLimits

DOCUMENTS_KEPT: Final = 500
CHARACTERS_KEPT: Final = 500_000
"""Of all texts together: parsed, a text takes one to three hundred times its own memory."""
PLANS_KEPT: Final = 16
CHARACTERS_OF_TOKEN: Final = 40
"""A text may have so many characters for each token: spaces, comments and long strings take time to read, too."""
ERRORS_SHOWN: Final = 10
TOO_MANY: Final = "Syntax Error: Document contains more than"
COMPARISONS_MAX: Final = 25_000
"""Most work of the rule that compares fields of one name, which grows with their square; graphql-core has 500,000."""


class BoundedOverlap(OverlappingFieldsCanBeMergedRule):
    """The rule of the specification, given up sooner."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = COMPARISONS_MAX


RULES: Final = tuple(BoundedOverlap if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules)


class Document:
    """One query text: its parsed form, or the error that refuses it."""

    def __init__(self, schema: GraphQLSchema, node: DocumentNode | None, error: GraphQLError | None = None) -> None:
        definitions = node.definitions if node else ()
        self.node = node
        self.operations = tuple(each for each in definitions if isinstance(each, OperationDefinitionNode))
        self._schema = schema
        self._fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
        self._errors: Sequence[GraphQLError] | None = (error,) if error else None
        self._limits: DocumentLimits | None = None
        self._conditions: tuple[str, ...] | None = None
        self._plans: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()
        self._variables_by_name: dict[str | None, Variables] = {}

    @property
    def errors(self) -> Sequence[GraphQLError]:
        """What refuses the text: it does not parse, or breaks a rule of the schema; found out once."""
        if self._errors is None:
            assert self.node is not None
            found = validate(self._schema, self.node, RULES, max_errors=ERRORS_SHOWN)
            self._errors = [_coded(error) for error in found]
        return self._errors

    def within(self, limits: Limits) -> DocumentLimits:
        """Give the limits of operations for this document, measured once."""
        if self._limits is None:
            self._limits = DocumentLimits(limits, self.operations, self._fragments)
        return self._limits

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Find the operation to run; raise BadInput where the name is missing or unknown."""
        if name is None and len(self.operations) == 1:
            return self.operations[0]
        for node in self.operations:
            if name is not None and node.name and node.name.value == name:
                return node
        names = ", ".join(node.name.value for node in self.operations if node.name) or "(unnamed)"
        raise BadInput(f"operationName must name one of the operations {names}, got {name!r}")

    def variables(self, operation: OperationDefinitionNode) -> Variables:
        """Give the variables that a valid operation defines."""
        name = operation.name.value if operation.name else None
        known = self._variables_by_name.get(name)
        if known is None:
            known = self._variables_by_name[name] = Variables(self._schema, operation)
        return known

    def plan(self, operation: OperationDefinitionNode, variables: Mapping[str, Any], limits: ReadLimits) -> Plan:
        """Give the plan of an operation, for these values of the variables of @skip and @include."""
        if self._conditions is None:
            self._conditions = condition_variables(self.node)
        name = operation.name.value if operation.name else None
        key = (name, *(variables.get(condition) for condition in self._conditions))
        known = self._plans.get(key)
        if known is None:
            reader = SelectionReader(self._schema, self._fragments, variables)
            selection = reader.operation(operation)
            known = Plan(selection, limits, operation.operation, plain=not reader.introspects)
            self._plans[key] = known
            while len(self._plans) > PLANS_KEPT:
                self._plans.popitem(last=False)
        return known


class Documents:
    """Recently used documents of one schema."""

    def __init__(self, schema: GraphQLSchema, tokens_max: int) -> None:
        self._schema = schema
        self._tokens_max = tokens_max
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0

    def get(self, text: str) -> Document:
        """Give the document of a text; a text that is refused is kept with its errors."""
        known = self._documents.get(text)
        if known is not None:
            self._documents.move_to_end(text)
            return known
        document = self._read(text)
        if len(text) > CHARACTERS_KEPT // 10:
            return document
        self._documents[text] = document
        self._characters += len(text)
        while len(self._documents) > DOCUMENTS_KEPT or self._characters > CHARACTERS_KEPT:
            forgotten, _ = self._documents.popitem(last=False)
            self._characters -= len(forgotten)
        return document

    def _read(self, text: str) -> Document:
        characters_max = self._tokens_max * CHARACTERS_OF_TOKEN
        if len(text) > characters_max:
            return self._too_large(f"{characters_max:,} characters, {CHARACTERS_OF_TOKEN} for each token,")
        try:
            node = parse(text, max_lexical_tokens=self._tokens_max, max_comments=self._tokens_max)
        except GraphQLError as error:
            if error.message.startswith(TOO_MANY):
                return self._too_large(f"{self._tokens_max:,} tokens and as many comments")
            error.extensions = {"code": "GRAPHQL_PARSE_FAILED"}
            return Document(self._schema, None, error.with_traceback(None))
        return Document(self._schema, node)

    def _too_large(self, allowed: str) -> Document:
        message = f"the document is too large, at most {allowed} are allowed (query_tokens_max)"
        return Document(self._schema, None, GraphQLError(message, extensions={"code": LimitExceeded.code}))


def _coded(error: GraphQLError) -> GraphQLError:
    if error.message == "Validation aborted.":
        message = (
            "the document repeats fields or fragments too often: comparing what has the same name "
            f"takes more than {COMPARISONS_MAX:,} steps"
        )
        return GraphQLError(message, extensions={"code": LimitExceeded.code})
    error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"}
    return error
