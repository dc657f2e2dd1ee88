// WASM comes late, while somebody already types: what was typed stays, and what is sent before is an ordinary form.

import type { Page } from '@playwright/test';
import { PHOTO, Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('R1 V9: what is typed, chosen and sent before WASM arrives is not lost', async ({ openPortal, openDesk, server }) => {
  const signedIn = await openPortal();
  const story = new Story(server, signedIn, await openDesk(), await openDesk());
  await story.begin();
  await signedIn.newRequest.start();
  await signedIn.newRequest.where(story.berlin.name);
  const draft = signedIn.page.url();

  // Another window of the same person, where the bundle is held back.
  const portal = await openPortal({ wasm: true, storageState: await signedIn.page.context().storageState() });
  const hold = await holdWasm(portal.page);
  const arrived = () => expect(portal.page.locator('html')).toHaveAttribute('data-hydrated', 'true');

  await portal.page.goto(draft, { waitUntil: 'commit' });
  await portal.newRequest.what(story.request);
  await hold.release();
  await arrived();
  await expect(portal.input('Title')).toHaveValue(story.request.title);
  await expect(portal.input('Description')).toHaveValue(story.request.description);
  await portal.newRequest.toFiles();

  await hold.again();
  await portal.page.reload({ waitUntil: 'commit' });
  await portal.newRequest.chooseFiles([PHOTO]);
  await hold.release();
  await arrived();
  await expect(portal.input('Choose photos or files')).toHaveValue(/boiler\.jpg$/);
  await portal.newRequest.upload('boiler.jpg');

  await hold.again();
  await portal.page.goto(draft, { waitUntil: 'commit' });
  await expect(portal.input('Title')).toHaveValue(story.request.title);
  await portal.fill({ Description: 'Typed and sent before the script was there.' });
  await portal.press('Continue');
  await expect(portal.page).toHaveURL(/step=when$/);
  await hold.release();
  await portal.shown('When would it suit you?');
  await portal.newRequest.next('Check and send');
  await expect(portal.newRequest.answer('Description')).toHaveText('Typed and sent before the script was there.');
  await expect(portal.newRequest.answer('Files')).toContainText('boiler.jpg');
});

test('G10: what happens while a page’s part of the program is on its way is shown once it is there', async ({ openPortal, openDesk, server }) => {
  const signedIn = await openPortal();
  const story = new Story(server, signedIn, await openDesk(), await openDesk());
  await story.begin();

  const portal = await openPortal({ storageState: await signedIn.page.context().storageState() });
  const hold = await holdWasm(portal.page, PARTS);
  const part = portal.page.waitForRequest(PARTS);
  await portal.page.goto(`${server.portal}/account/access`, { waitUntil: 'commit' });
  await part;
  await story.manager.follow('Change access');
  await story.manager.main.getByRole('radio', { name: 'Selected locations' }).check();
  await story.manager.main.getByRole('checkbox', { name: story.berlin.name, exact: true }).check();
  await story.manager.press('Save');
  await expect(story.manager.part('Access')).toContainText(story.berlin.name);
  await hold.release();
  await portal.shown('What you can see');
  await expect(portal.main.getByText(story.pune.name)).toHaveCount(0);
});

test('W1: a link that is followed while the page’s part is on its way leads on', async ({ openPortal, openDesk, server }) => {
  const signedIn = await openPortal();
  const story = new Story(server, signedIn, await openDesk(), await openDesk());
  await story.begin();

  const portal = await openPortal({ storageState: await signedIn.page.context().storageState() });
  const hold = await holdWasm(portal.page, PARTS);
  const part = portal.page.waitForRequest(PARTS);
  await portal.page.goto(`${server.portal}/account`, { waitUntil: 'commit' });
  await part;
  await portal.page.getByRole('link', { name: 'Requests', exact: true }).click();
  await hold.release();
  await portal.shown('Requests');
  await portal.newRequest.start();
});

test('W1: a page whose part does not come is a plain page', async ({ openPortal, openDesk, server }) => {
  const signedIn = await openPortal();
  const story = new Story(server, signedIn, await openDesk(), await openDesk());
  await story.begin();
  await signedIn.newRequest.start();
  await signedIn.newRequest.where(story.berlin.name);

  const portal = await openPortal({ storageState: await signedIn.page.context().storageState(), panics: true });
  await portal.page.route(PARTS, (route) => route.abort());
  const part = portal.page.waitForEvent('requestfailed');
  await portal.page.goto(signedIn.page.url());
  await part;
  await portal.newRequest.what(story.request);
  await portal.press('Continue');
  await expect(portal.page).toHaveURL(/step=when$/);
  await portal.page.getByRole('link', { name: 'Requests', exact: true }).click();
  await expect(portal.page.getByRole('heading', { level: 1 })).toHaveText('Requests');
});

/** The parts of the program that a page may have to wait for. */
const PARTS = /\/(chunk|split)_[^/]*\.wasm$/;

/** Holds each request for WASM back until it is released. */
async function holdWasm(page: Page, which: RegExp = /\.wasm$/): Promise<{ release: () => Promise<void>; again: () => Promise<void> }> {
  let open = () => {};
  let gate = Promise.resolve();
  const again = async () => { gate = new Promise((done) => { open = done; }); };
  await again();
  await page.route(which, async (route) => {
    await gate;
    // The page that asked may be gone by now.
    await route.continue().catch(() => {});
  });
  return { release: async () => open(), again };
}
