// Builds the page again and compares it, byte for byte, with the committed files.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, filesOf, SHIPPED } from './bundle.js';

const rebuilt = mkdtempSync(join(tmpdir(), 'graphiql-'));
try {
  await bundle(rebuilt);
  const differing = different(SHIPPED, rebuilt);
  differing.forEach((name) => console.error(`differs from its sources: ${name}`));
  process.exitCode = differing.length > 0 ? 1 : 0;
} finally {
  rmSync(rebuilt, { recursive: true });
}

function different(left, right) {
  const [here, there] = [new Set(filesOf(left)), new Set(filesOf(right))];
  const same = (name) =>
    here.has(name) && there.has(name) && readFileSync(join(left, name)).equals(readFileSync(join(right, name)));
  return [...new Set([...here, ...there])].filter((name) => !same(name)).sort();
}
