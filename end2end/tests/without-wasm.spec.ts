// Browsers that never get their script: forms, redirects, nothing else.

import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('W1: customer and staff go through all eight steps without WASM', async ({ openPortal, openDesk, server }) => {
  const wasm = false;
  const story = new Story(server, await openPortal({ wasm }), await openDesk({ wasm }), await openDesk({ wasm }));
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  await story.schedule();
  await story.report();
  await story.followUp();
  await story.lookBack();
  await story.signOut();
});

test('R1: a refused form comes back with what was typed and what is missing', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal({ wasm: false });
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await portal.newRequest.start();
  await portal.newRequest.where(story.berlin.name);
  await portal.newRequest.what({ kind: 'Maintenance', title: '', description: '', onSite: 'Mr Olsen' });
  await portal.newRequest.next('What is it about?');
  await expect(portal.problem).toContainText('Please check the marked fields.');
  await expect(portal.input('Contact on site')).toHaveValue('Mr Olsen');
  await expect(portal.main.getByRole('radio', { name: 'Maintenance' })).toBeChecked();
  await expect(portal.input('Title')).toHaveAccessibleDescription(/Please fill this in\./);
  await portal.problem.getByRole('link').first().click();
  await expect(portal.page).toHaveURL(/#title$/);

  await portal.fill({ Title: 'Yearly check', Description: 'Of all doors.' });
  await portal.newRequest.next('When would it suit you?');
  await expect(portal.problem).toHaveCount(0);
});

test('R15: sending twice, by a double click and after going back, makes one request', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal({ wasm: false });
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await portal.newRequest.start();
  await portal.newRequest.where(story.berlin.name);
  await portal.newRequest.what(story.request);
  await portal.newRequest.next('When would it suit you?');
  await portal.newRequest.next('Check and send');
  await portal.newRequest.sendButton.dblclick();
  await portal.shown(story.request.title, /\/requests\/[0-9a-f-]{36}/);
  const number = await portal.requests.number();

  await portal.page.goBack();
  await portal.page.waitForLoadState();
  if (await portal.newRequest.sendButton.isVisible()) {
    await portal.newRequest.send(story.request.title);
    expect(await portal.requests.number()).toBe(number);
  }
  await portal.requests.openList();
  await expect(portal.row(story.request.title)).toHaveCount(1);
});

test('R9: withdrawing a request asks once and works without WASM', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal({ wasm: false });
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await portal.requests.open(story.request.title);
  await portal.requests.withdraw();
  await portal.shown(story.request.title);
  await portal.requests.expectStatus('Withdrawn by you', 'No work will be done.');
});
