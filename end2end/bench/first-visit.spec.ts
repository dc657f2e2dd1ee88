// A first visit on a slow phone: a line of 1.6 Mbit/s with 150 ms round trip, and a processor slowed down four times. Nothing is cached.
// Run by scripts/bench.sh; it only measures.

import type { Page } from '@playwright/test';
import { Story } from '../support/story.ts';
import { test, type Browsing } from '../support/test.ts';
import { weigh, withoutWasm, type Weight } from '../support/weight.ts';

const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOWER = 4;
const TIMES = 5;

/** Milliseconds from the address on. */
interface Visit {
  paint: number;
  hydrated: number;
  weight: Weight;
}

declare global {
  interface Window { hydratedAt?: number }
}

test('first visit', async ({ openPortal, openDesk, openBrowser, server }) => {
  const signedIn = await openPortal();
  const story = new Story(server, signedIn, await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const storageState = await signedIn.page.context().storageState();
  for (const [name, path, browsing] of [['sign-in', '/sign-in', {}], ['home', '/', { storageState }]] as [string, string, Browsing][]) {
    const visits: Visit[] = [];
    for (let time = 0; time < TIMES; time++) visits.push(await visit(await openBrowser(browsing), server.portal + path));
    report(name, visits);
  }
});

async function visit(page: Page, url: string): Promise<Visit> {
  const line = await page.context().newCDPSession(page);
  const weight = await weigh(page, line);
  await line.send('Network.setCacheDisabled', { cacheDisabled: true });
  await line.send('Network.emulateNetworkConditions', LINE);
  await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(() => {
    const look = () => { if (document.documentElement?.dataset.hydrated) window.hydratedAt ??= performance.now(); };
    new MutationObserver(look).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-hydrated'] });
  });
  await page.goto(url);
  await page.waitForFunction(() => window.hydratedAt !== undefined, undefined, { timeout: 60_000 });
  const hydrated = await page.evaluate(() => window.hydratedAt!);
  const paint = await page.evaluate(() => new Promise<number>((done) => {
    new PerformanceObserver((list) => done(list.getEntries().at(-1)!.startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
  }));
  const measured = { paint, hydrated, weight: weight() };
  await page.close();
  return measured;
}

function report(name: string, visits: Visit[]): void {
  const median = (of: (visit: Visit) => number) => visits.map(of).sort((a, b) => a - b)[Math.floor(visits.length / 2)]!;
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
  const { weight } = visits[0]!;
  const rows: [string, string, string][] = [
    ['largest paint', `${(median((visit) => visit.paint) / 1000).toFixed(2)} s`, '1.00 s'],
    ['interactive', `${(median((visit) => visit.hydrated) / 1000).toFixed(2)} s`, ''],
    ['page and style', kilobytes(weight.page + weight.style), '60 KB'],
    ['fonts', kilobytes(weight.fonts), ''],
    ['script and icons', kilobytes(weight.script + weight.icons), ''],
    ['WASM', kilobytes(weight.WASM), '300 KB'],
    ['all', kilobytes(withoutWasm(weight) + weight.WASM), '400 KB'],
    ['requests', String(weight.requests), ''],
  ];
  console.log(`first visit, ${name}${' '.repeat(Math.max(1, 14 - name.length))}measured   budget`);
  for (const [what, measured, budget] of rows) console.log(`  ${what.padEnd(24)} ${measured.padStart(8)} ${budget.padStart(8)}`);
}
