// The notices of everything in the bundle, written beside it as THIRD-PARTY-LICENSES.txt.
import { readFileSync } from 'node:fs';
import license from 'rollup-plugin-license';

const FILE = 'THIRD-PARTY-LICENSES.txt';
const RULE = `\n\n${'-'.repeat(80)}\n\n`;

/** Makes the plugins that collect the packages of the page and of its workers, which are bundled apart. */
export function licences() {
  const packages = new Map();
  const collect = () =>
    license({
      thirdParty: (found) => found.forEach((entry) => packages.set(`${entry.name}@${entry.version}`, entry)),
    });
  return { page: [collect(), { name: 'notices', generateBundle: emitNotices(packages) }], worker: () => [collect()] };
}

function emitNotices(packages) {
  return function emit() {
    const notices = [...packages.keys()].sort().map((key) => notice(packages.get(key)));
    const source = [...notices, ...vendored()].join(RULE);
    this.emitFile({ type: 'asset', fileName: FILE, source: `${source}\n` });
  };
}

function notice(entry) {
  const lines = [`${entry.name} ${entry.version}`, `Licence: ${entry.license}`];
  if (entry.repository?.url) lines.push(`Source: ${entry.repository.url}`);
  return [...lines, '', entry.licenseText?.trim() ?? 'The package names its licence and carries no text of it.'].join(
    '\n',
  );
}

// What lies inside packages under other names and licences than their own.
function vendored() {
  const paths = [
    '../node_modules/monaco-editor/ThirdPartyNotices.txt',
    './notices/codicons.txt',
    '../node_modules/prettier/THIRD-PARTY-NOTICES.md',
  ];
  return paths.map((path) =>
    readFileSync(new URL(path, import.meta.url), 'utf8')
      .replaceAll('\r\n', '\n')
      .trim(),
  );
}
