// What a visitor finds on arrival: which tabs, which of them in front, and what the browser remembers.
//
// GraphiQL's stored tabs win over `defaultTabs`, so a returning visitor would never see a question that a later
// version ships, and would keep the old text of one that changed. A storage key made from the shipped questions would
// cure that and throw away the visitor's own tabs, history and theme with every upgrade. So the tabs are merged: what
// the visitor wrote or edited stays, a question closed once stays closed, an untouched question that is no longer
// shipped goes, and a question never offered before arrives as a new tab.
import { createLocalStorage } from '@graphiql/toolkit';

// GraphiQL puts its own name before each of its keys; ours stands beside them.
const TABS = 'graphiql:tabState';
const HISTORY = ['graphiql:queries', 'graphiql:favorites'];
const OFFERED = 'offered';
const EMPTY_TAB = { query: '', variables: '' };

/** Opens the browser's storage for one endpoint, apart from any other GraphiQL on the same host. */
export function openStorage(endpoint) {
  const storage = createLocalStorage({ namespace: `alliance-graph:${endpoint}` });
  const write = storage.setItem;
  // The history plugin stores the headers of each run, tokens included, whatever `shouldPersistHeaders` says.
  storage.setItem = (key, value) => write(key, HISTORY.includes(key) ? withoutHeaders(value) : value);
  return storage;
}

/** Decides the tabs of this visit; `link` is the tab that the address asks for, if any. */
export function openSession(storage, shipped, link) {
  const stored = parsed(storage.getItem(TABS));
  const offered = new Set(parsed(storage.getItem(OFFERED)));
  storage.setItem(OFFERED, JSON.stringify([...offered, ...shipped.map(text).filter((known) => !offered.has(known))]));
  if (!stored) {
    const tabs = link ? [link, ...shipped] : shipped;
    return { firstVisit: true, tabs, front: tabs[0] ?? EMPTY_TAB };
  }
  const merged = merge(stored, shipped, offered);
  storage.setItem(TABS, JSON.stringify(merged));
  return { firstVisit: false, tabs: shipped, front: link ?? merged.tabs[merged.activeTabIndex] ?? EMPTY_TAB };
}

/** Names a question by its operation. */
export function operationName(query) {
  return /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1] ?? '<untitled>';
}

/** Identifies a tab by what is written in it. */
export function text(tab) {
  return JSON.stringify([tab.query ?? '', tab.variables ?? '']);
}

function merge(stored, shipped, offered) {
  const current = new Set(shipped.map(text));
  const kept = stored.tabs.filter((tab) => current.has(text(tab)) || !offered.has(text(tab)));
  // Both, because GraphiQL's "Clear data" forgets what was offered and keeps the tabs.
  const known = new Set([...offered, ...kept.map(text)]);
  const fresh = shipped.filter((tab) => !known.has(text(tab))).map(asStoredTab);
  const front = kept.indexOf(stored.tabs[stored.activeTabIndex]);
  return { tabs: [...kept, ...fresh], activeTabIndex: Math.max(front, 0) };
}

function asStoredTab({ query, variables }) {
  const name = operationName(query);
  const id = `shipped-${name}-${Math.random().toString(36).slice(2)}`;
  return { id, title: name, operationName: name, query, variables, headers: null, response: null };
}

function withoutHeaders(history) {
  return JSON.stringify(JSON.parse(history), (key, value) => (key === 'headers' ? undefined : value));
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
