// The panel that lists the shipped questions in plain words, so that a question is found without knowing its tab.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { operationName, text } from './session.js';

/** Makes the GraphiQL plugin that lists `tabs`. */
export function questionsPlugin(tabs) {
  return { title: 'Questions', icon: QuestionIcon, content: () => <Questions tabs={tabs} /> };
}

function Questions({ tabs }) {
  const { open, inFront } = useQuestions();
  return (
    <section aria-label="Questions">
      <div className="graphiql-doc-explorer-title">Questions</div>
      <ul className="questions">
        {tabs.map((tab) => (
          <li key={text(tab)}>
            <button type="button" aria-current={inFront(tab)} onClick={() => open(tab)}>
              <code>{operationName(tab.query)}</code>
              <span>{headerComment(tab.query)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useQuestions() {
  const { addTab, changeTab } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL((state) => ({
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));
  const indexOf = (question) => tabs.findIndex((tab) => text(tab) === text(question));
  const open = (question) => {
    const index = indexOf(question);
    if (index >= 0) {
      changeTab(index);
      return;
    }
    addTab();
    queryEditor.setValue(question.query);
    variableEditor.setValue(question.variables ?? '');
  };
  return { open, inFront: (question) => indexOf(question) === activeTabIndex };
}

function headerComment(query) {
  const lines = query.trimStart().split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^#\s*/, ''))
    .join(' ');
}

function QuestionIcon(props) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" {...props}>
      <circle cx="12" cy="12" r="10" />
      <path d="M9.2 9.2a2.8 2.8 0 1 1 4 2.6c-.8.4-1.2 1-1.2 1.9M12 16.6v.2" strokeLinecap="round" />
    </svg>
  );
}
