"""What a statement reads without an order, since a node has one of it at most."""

from graph_service.facts.files import read_files
from graph_service.facts.load import load
from graph_service.reads.graph import GRAPH, Related
from graph_service.store.store import Store

NAMES = {"v": "v", "m": "m", "r": "r", "f": "f"}


def facts(place: str) -> dict[str, str]:
    """Give files in which all that can move is in one nation, or of its company."""
    return {
        "nations.csv": "id,name,iso2,iso3,gdpr_transfer\nnation:twn,Taiwan,TW,TWN,NONE\nnation:kor,Korea,KR,KOR,NONE\n",
        "companies.csv": f"id,name,kind,headquarters\ncompany:twn,T,foundry,nation:{place}\ncompany:kor,K,foundry,\n",
        "components.csv": "id,name,category,input_kind\n"
        "component:twn,A,chip,CONSUMABLE\ncomponent:kor,B,chip,CONSUMABLE\n",
        "offers.csv": "id,company,component,nation,confidence\n"
        f"offer:o,company:{place},component:{place},nation:{place},80\n",
        "deployments.csv": "id,name,mode,location,operator,confidence\n"
        f"deployment:d,D,CLOUD,nation:{place},company:{place},80\n",
    }


async def test_one_stays_one_when_it_is_written_again(store: Store) -> None:
    for place in ("twn", "kor", "kor"):
        await load(store, read_files(facts(place)))
    found = 0
    for label, fields in GRAPH.items():
        for name, served in fields.items():
            if isinstance(served, Related) and not served.order:
                pattern = served.pattern.format_map(NAMES)
                text = f"RETURN COLLECT {{ MATCH (v:{label}) MATCH {pattern} RETURN m.id }} AS ids"
                ((ids,),) = await store.read_text(text)
                assert [each.partition(":")[2] for each in ids] == ["kor"], (label, name)
                found += 1
    assert found == 6
