// The GraphiQL page: everything it needs is in this bundle, so that it works where no other host can be reached.
import './workers.js';
// Not 'graphiql/style.css', which holds the same rules and 360 kB of inlined fonts.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import '@graphiql/plugin-explorer/style.css';
import 'graphiql/graphiql.css';
import './theme.css';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useGraphiQL, useMonaco } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { questionsPlugin } from './questions.jsx';
import { openSession, openStorage } from './session.js';

const address = new URL(window.location.href);
const config = {
  endpoint: address.pathname,
  title: document.title,
  tabs: [],
  ...JSON.parse(document.getElementById('graphiql-config').textContent),
};
const endpoint = new URL(config.endpoint, address);
const storage = openStorage(endpoint.pathname);
const session = openSession(storage, config.tabs, linkedTab(address.searchParams));
const questions = questionsPlugin(config.tabs);
const plugins = [questions, HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];

// `subscriptionUrl`, not `wsClient`: only then are the headers of the headers editor sent as connection_init payload,
// so that one token serves queries and subscriptions.
const fetcher = createGraphiQLFetcher({ url: endpoint.href, subscriptionUrl: endpoint.href.replace(/^http/, 'ws') });

document.title = config.title;
createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    plugins={plugins}
    visiblePlugin={session.firstVisit ? questions : undefined}
    defaultTabs={session.tabs.length > 0 ? session.tabs : undefined}
    initialQuery={session.front.query ?? ''}
    // Given in full: GraphiQL would fill a gap with what the last visit left in the editors.
    initialVariables={session.front.variables ?? ''}
    initialHeaders={session.front.headers ?? ''}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
    inputValueDeprecation
    schemaDescription
  >
    <GraphiQL.Logo>{config.title}</GraphiQL.Logo>
    <PlainForeignLetters />
    <FrontTabInView />
  </GraphiQL>,
);

function linkedTab(parameters) {
  const query = parameters.get('query');
  return query === null ? undefined : { query, variables: parameters.get('variables') ?? '' };
}

/** Stops Monaco from boxing letters of other scripts: names are data here, not an attempt to deceive. */
function PlainForeignLetters() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (!monaco) return undefined;
    const quieten = (editor) => editor.updateOptions({ unicodeHighlight: { ambiguousCharacters: false } });
    monaco.editor.getEditors().forEach(quieten);
    const subscription = monaco.editor.onDidCreateEditor(quieten);
    return () => subscription.dispose();
  }, [monaco]);
  return null;
}

/** Scrolls the tab bar to the tab in front, which may stand far right among the shipped questions. */
function FrontTabInView() {
  const index = useGraphiQL((state) => state.activeTabIndex);
  useEffect(() => {
    document.getElementById(`graphiql-session-tab-${index}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [index]);
  return null;
}
