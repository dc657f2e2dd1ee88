// What a first visit weighs. How long it takes is measured by `make bench`, since that depends on the machine.

import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';
import { weigh, withoutWasm } from '../support/weight.ts';

/** Bytes: until something is to be seen; and all that a page needs, WASM apart. */
const FIRST_PAINT = 60_000;
const ALL_BUT_WASM = 100_000;

test('budgets: a first visit is light, before the sign-in and after it', async ({ openPortal, openDesk, server }) => {
  const signedIn = await openPortal();
  const story = new Story(server, signedIn, await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const storageState = await signedIn.page.context().storageState();
  for (const [path, title, state] of [['/sign-in', 'Sign in', undefined], ['/', 'Home', storageState]] as const) {
    const portal = await openPortal({ storageState: state });
    const weight = await weigh(portal.page);
    await portal.go(path, title);
    const { page, style } = weight();
    expect(page, `${path}: it was weighed`).toBeGreaterThan(0);
    expect(style, `${path}: it was weighed`).toBeGreaterThan(0);
    expect(page + style, `${path}: page and style`).toBeLessThanOrEqual(FIRST_PAINT);
    expect(withoutWasm(weight()), `${path}: all but WASM`).toBeLessThanOrEqual(ALL_BUT_WASM);
  }
});
