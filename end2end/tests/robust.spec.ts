// What must survive: a program that dies, the browser's own buttons, a reload.

import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('W1: a page whose program dies goes on as a plain page, with what was typed', async ({ openBrowser, openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await portal.newRequest.start();
  await portal.newRequest.where(story.berlin.name);

  // The same person, with pages that the program does not recognise: it panics while it takes them over.
  const page = await openBrowser({ storageState: await portal.page.context().storageState(), panics: true });
  await page.route('**/requests/new/*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('<input', '<br><input') });
  });
  const died = page.waitForEvent('console', (message) => message.text().includes('panicked'));
  await page.goto(portal.page.url());
  await page.getByLabel('Title').fill('Typed while it dies');
  await died;
  await expect(page.getByLabel('Title')).toHaveValue('Typed while it dies');
  await page.getByLabel('Description').fill('And after it died.');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/step=/);
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Requests');
  await portal.reload();
  await expect(portal.input('Title')).toHaveValue('Typed while it dies');
  await expect(portal.input('Description')).toHaveValue('And after it died.');
});

test('R1: back, forward and reload keep filters and steps', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await portal.go('/requests', 'Requests');
  await portal.input('Status').selectOption({ label: 'Rejected' });
  await portal.press('Show');
  await expect(portal.page).toHaveURL(/status=rejected/);
  await expect(portal.row(story.request.title)).toHaveCount(0);
  await portal.reload();
  await expect(portal.input('Status')).toHaveValue('rejected');
  await portal.page.goBack();
  await expect(portal.row(story.request.title)).toBeVisible();
  await portal.page.goForward();
  await expect(portal.row(story.request.title)).toHaveCount(0);
  await expect(portal.input('Status')).toHaveValue('rejected');

  await portal.newRequest.start();
  await portal.newRequest.where(story.berlin.name);
  await portal.newRequest.what(story.request);
  await portal.newRequest.next('When would it suit you?');
  await portal.page.goBack();
  await portal.shown('What is it about?');
  await expect(portal.input('Title')).toHaveValue(story.request.title);
  await portal.page.goForward();
  await portal.shown('When would it suit you?');
  await portal.newRequest.next('Check and send');
  await portal.newRequest.send(story.request.title);
  // Back to what was sent leads to the request, not to a second one.
  await portal.page.goBack();
  await portal.shown(story.request.title, /\/requests\/[0-9a-f-]{36}/);
});
