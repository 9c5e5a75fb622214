// Builds the page into a folder, with a compressed twin beside each file that gains by one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'fflate';
import { build } from 'vite';
import config from './vite.config.js';

/** The folder whose files are committed and shipped with the service. */
export const SHIPPED = fileURLToPath(new URL('../../graph_service/static/graphiql', import.meta.url));

/** Empties `folder` and builds the page into it. */
export async function bundle(folder) {
  process.env.NODE_ENV = 'production'; // whatever the shell says: it chooses which React goes in
  await build({ ...config, build: { ...config.build, outDir: folder } });
  // The service fills index.html for each request, so a compressed twin of it would never be sent.
  const sent = filesOf(folder).filter((name) => name !== 'index.html');
  sent.forEach((name) => compress(join(folder, name)));
}

/** Lists the files below `folder`, by relative path. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

// fflate and not zlib, whose output differs between Node's versions and processors; no time and no name inside.
function compress(path) {
  const content = readFileSync(path);
  const compressed = gzipSync(content, { level: 9, mem: 12, mtime: 0 });
  if (compressed.length < content.length) writeFileSync(`${path}.gz`, compressed);
}
