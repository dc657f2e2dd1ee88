// Each face's bundle holds its own words and none of the desk's (I6, N9).

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const ROOT = join(import.meta.dirname, '..', '..');
/** Shorter words may stand in a bundle as numbers rather than as text, or be a part of something else. */
const LONG_ENOUGH = 18;

test('I6 N9: no word, address or module of the desk is in the portal’s bundle', () => {
  const found = [...deskNames(), 'desk::', 'src/desk'].filter((name) => bundle('portal').includes(name));
  expect(found).toEqual([]);
});

test('I6: the desk’s bundle holds the desk’s names, so that their absence from the other means something', () => {
  const missing = deskNames().filter((name) => !bundle('desk').includes(name));
  expect(missing).toEqual([]);
});

test('I6: the portal’s bundle holds the portal’s words', () => {
  const missing = words('app/src/portal').filter((word) => !bundle('portal').includes(word));
  expect(missing).toEqual([]);
});

test('no folder of whoever built it is in a bundle', () => {
  const found = ['portal', 'desk'].flatMap((face) => ['/registry/src/', '/.cargo/', `${ROOT}/`].filter((path) => bundle(face).includes(path)));
  expect(found).toEqual([]);
});

/** What only the desk has: its words, and the addresses of its pages and server functions. */
function deskNames(): string[] {
  const shared = [...rust('app/src/portal'), ...rust('app/src/ui'), ...rust('domain/src')].map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...words('app/src/desk').filter((word) => !shared.includes(word)), '/api/desk', '/desk/inbox', '/desk/customers'];
}

/** The words of a face's text.rs in both languages, as they stand in a bundle: placeholders are filled later. */
function words(folder: string): string[] {
  const source = readFileSync(join(ROOT, folder, 'text.rs'), 'utf8');
  const texts = [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => unescaped(text!));
  return [...new Set(texts)].filter((text) => text.length >= LONG_ENOUGH);
}

/** A text as Rust reads its literal, as far as ours go. */
function unescaped(literal: string): string {
  return literal.replaceAll('\\"', '"').replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
}

function rust(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.rs')).map((entry) => join(entry.parentPath, entry.name));
}

const bundles = new Map<string, Buffer>();

/** All that the face's browser runs: WASM and its glue. */
function bundle(face: string): Buffer {
  const folder = join(ROOT, 'target/site', face, 'pkg');
  const names = readdirSync(folder).filter((name) => /\.(wasm|js)$/.test(name));
  expect(names.some((name) => name.endsWith('.wasm')), `a bundle in ${folder}`).toBe(true);
  const read = bundles.get(face) ?? Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
  bundles.set(face, read);
  return read;
}
