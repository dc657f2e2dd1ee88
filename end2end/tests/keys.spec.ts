// The desk by keyboard: nothing in here is clicked.

import type { Desk } from '../pages/desk.ts';
import type { Portal } from '../pages/portal.ts';
import { PASSWORD, type Server } from '../support/server.ts';
import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('R6 R8 R13: five requests are triaged without a mouse', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  const { manager, portal } = story;
  const [lamp, roof, again, plants, door] = ['Lamp broken', 'Paint the roof', 'Lamp dark', 'Water the plants', 'Door squeaks'].map((title) => `${title} ${story.customer}`);
  for (const title of [lamp, roof, again, plants, door]) await send(portal, story.pune.name, title);
  const { page } = manager;
  await manager.go('/desk/reports', 'Reports');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await manager.shown('Inbox');

  await open(manager, lamp);
  const number = (await manager.main.getByRole('article').first().locator('.ref').first().textContent())!.trim();
  await review(manager);
  await page.keyboard.press('1');
  await left(manager, lamp);

  await open(manager, roof);
  await review(manager);
  await page.keyboard.press('3');
  await expect(manager.input('Reason for the customer')).toBeFocused();
  await write(manager, 'We do not paint roofs.', 'No ladder');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await left(manager, roof);

  await open(manager, again);
  await review(manager);
  await page.keyboard.press('2');
  await expect(manager.input('Number of the request it repeats')).toBeFocused();
  await write(manager, number, 'We know of it already.', 'Sent twice');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await left(manager, again);

  await open(manager, plants);
  await page.keyboard.press('h');
  await expect(manager.input('Snooze until')).toBeFocused();
  await page.keyboard.type('01012040');
  await page.keyboard.press('Enter');
  await left(manager, plants);

  await open(manager, door);
  await page.keyboard.press('r');
  await expect(manager.input('Message to the customer')).toBeFocused();
  await write(manager, 'Is it the front door? 1 or 2?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(manager.part('Conversation with the customer')).toContainText('Is it the front door? 1 or 2?');
  await review(manager);
  await page.keyboard.press('1');
  await left(manager, door);

  for (const [title, word, meaning] of [
    [lamp, 'Accepted', 'We will do this. No date yet.'],
    [roof, 'Rejected', 'The reason is below.'],
    [again, 'Rejected', 'The reason is below.'],
    [plants, 'Submitted', 'We have it. Nobody has reviewed it yet.'],
    [door, 'Accepted', 'We will do this. No date yet.'],
  ]) {
    await expect(async () => {
      await portal.requests.open(title);
      await portal.requests.expectStatus(word, meaning);
    }).toPass({ timeout: 20_000 });
  }
});

test('G14: keys are listed, lead to whatever is typed, and can be turned off', async ({ openDesk, server }) => {
  const dispatcher = await openDesk();
  await signIn(dispatcher, server);
  const { page } = dispatcher;
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toContainText('Snooze');
  await expect(keys, 'a decision is the manager\'s').not.toContainText('Accept');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('plann');
  await expect(page.getByRole('option', { name: 'Planning' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await dispatcher.shown('Planning');

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search everything' })).toBeFocused();
  await page.keyboard.type('no such thing anywhere');
  await page.keyboard.press('Enter');
  await dispatcher.shown('Search');
  await expect(dispatcher.main).toContainText('Nothing was found.');

  await dispatcher.go('/desk/settings', 'Settings');
  await dispatcher.input('Use single keys').uncheck();
  await dispatcher.press('Save', dispatcher.main.locator('form', { has: page.getByLabel('Use single keys') }));
  await dispatcher.go('/desk/planning', 'Planning');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Page, act or any record' })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Planning');
});

async function signIn(desk: Desk, server: Server): Promise<void> {
  await desk.signIn.as(server.staff('Kira', 'dispatcher'), PASSWORD);
}

/** A customer's request with nothing more than it needs. */
async function send({ newRequest }: Portal, location: string, title: string): Promise<void> {
  await newRequest.start();
  await newRequest.where(location);
  await newRequest.what({ kind: 'Service or repair', title, description: 'Please have a look.' });
  await newRequest.next('When would it suit you?');
  await newRequest.when([[0, '8–10 am']]);
  await newRequest.next('Check and send');
  await newRequest.send(title);
}

/** Moves to a request of the queue and opens it, unless it is open. */
async function open(desk: Desk, title: string): Promise<void> {
  const { page } = desk;
  if ((await page.getByRole('heading', { level: 1 }).textContent()) === title) return;
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  for (let row = 0; row < 30; row++) await page.keyboard.press('k');
  for (let row = 0; row < 30 && !(await focused()).includes(title); row++) await page.keyboard.press('j');
  expect(await focused()).toContain(title);
  await page.keyboard.press('Enter');
  await desk.shown(title);
}

async function review(desk: Desk): Promise<void> {
  await desk.page.keyboard.press('s');
  await desk.request.expectCustomerSees('In review');
}

/** Types into one field after the other, beginning with the one that has the focus. */
async function write(desk: Desk, ...texts: string[]): Promise<void> {
  for (const [field, text] of texts.entries()) {
    if (field > 0) await desk.page.keyboard.press('Tab');
    await desk.page.keyboard.type(text);
  }
}

/** The act is done: the next request, or the empty queue, is shown. */
async function left(desk: Desk, title: string): Promise<void> {
  await expect(desk.page.getByRole('heading', { level: 1 })).not.toHaveText(title);
  await desk.shown();
}
