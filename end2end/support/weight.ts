// What a visit costs the line: its requests and their bytes as they come over it, compressed, with their headers.

import type { CDPSession, Page } from '@playwright/test';

export type Kind = 'page' | 'style' | 'fonts' | 'icons' | 'script' | 'WASM' | 'other';
export type Weight = Record<Kind, number> & { requests: number };

/** Counts from now on. Ask the result when the page is there. */
export async function weigh(page: Page, line?: CDPSession): Promise<() => Weight> {
  const cdp = line ?? await page.context().newCDPSession(page);
  const kinds = new Map<string, Kind>();
  const weight: Weight = { page: 0, style: 0, fonts: 0, icons: 0, script: 0, WASM: 0, other: 0, requests: 0 };
  cdp.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    kinds.set(requestId, kindOf(new URL(request.url).pathname, type));
    weight.requests++;
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    weight[kinds.get(requestId) ?? 'other'] += encodedDataLength;
  });
  await cdp.send('Network.enable');
  return () => ({ ...weight });
}

/** Everything but WASM. */
export function withoutWasm({ requests: _, WASM, ...rest }: Weight): number {
  return Object.values(rest).reduce((sum, bytes) => sum + bytes, 0);
}

function kindOf(path: string, type?: string): Kind {
  if (type === 'Document') return 'page';
  if (path.endsWith('.wasm')) return 'WASM';
  if (path.endsWith('.js')) return 'script';
  if (path.endsWith('.css')) return 'style';
  if (path.endsWith('.woff2')) return 'fonts';
  if (path.endsWith('.svg')) return 'icons';
  return 'other';
}
