// An open page shows what others do, without a reload; and nobody who types is disturbed.

import { Story } from '../support/story.ts';
import { PASSWORD } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test('G10: an open page follows what the office does, and leaves alone what is being typed', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const { dispatcher, portal } = story;
  const { page } = portal;
  const loads: string[] = [];
  page.on('load', () => loads.push(page.url()));

  await dispatcher.inbox.openQueue('New');
  await dispatcher.inbox.openRequest(story.request.title);
  await dispatcher.request.startReview();
  await portal.requests.expectStatus('In review', 'We are checking what is needed.');

  // While something is typed the page only says so.
  await portal.fill({ 'Write to us': 'Since this morning the' });
  await dispatcher.request.ask('Which boiler is it?');
  const news = page.getByRole('status').filter({ hasText: 'There is something new.' });
  await expect(news).toBeVisible();
  await expect(portal.input('Write to us')).toHaveValue('Since this morning the');
  await portal.requests.expectStatus('In review', 'We are checking what is needed.');

  // Shown when wanted, with the text still there.
  await portal.press('Show', news);
  await portal.requests.expectStatus('Your answer needed', 'Review continues once you answer.');
  await expect(portal.part('Messages')).toContainText('Which boiler is it?');
  await expect(portal.input('Your answer')).toHaveValue('Since this morning the');
  await expect(news).toHaveCount(0);
  expect(loads, 'pages that were loaded anew').toEqual([]);
});

test('G10: a list that is open follows too', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const { dispatcher, portal } = story;
  await portal.requests.openList();
  await expect(portal.row(story.request.title)).toContainText('Submitted');
  await dispatcher.inbox.openQueue('New');
  await dispatcher.inbox.openRequest(story.request.title);
  await dispatcher.request.startReview();
  await expect(portal.row(story.request.title)).toContainText('In review');
});

test('R6: an open queue says what is new and moves nothing, an open request follows its colleagues', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  const { dispatcher, manager } = story;
  const { page } = dispatcher;
  await dispatcher.inbox.openQueue('New');
  const loads: string[] = [];
  page.on('load', () => loads.push(page.url()));

  // A queue: nothing moves until it is asked for.
  await story.submit();
  const show = dispatcher.main.getByRole('button', { name: 'Show 1 new request', exact: true });
  await expect(show).toBeVisible();
  await expect(dispatcher.row(story.request.title)).toHaveCount(0);
  await show.click();
  await expect(dispatcher.row(story.request.title)).toBeVisible();
  await expect(show).toHaveCount(0);

  // A request beside its queue: what a colleague does appears by itself.
  await dispatcher.inbox.openBesideQueue(story.request.title);
  await dispatcher.request.expectCustomerSees('Submitted');
  await manager.inbox.openQueue('New');
  await manager.inbox.openRequest(story.request.title);
  await manager.request.startReview();
  await dispatcher.request.expectCustomerSees('In review');

  // But not while something is typed, which stays in its own field.
  await dispatcher.fill({ 'Internal note': 'Same valve as' });
  await manager.request.writeNote('Ask the caretaker');
  const news = page.getByRole('status').filter({ hasText: 'There is something new.' });
  await expect(news).toBeVisible();
  await expect(dispatcher.part('Internal notes')).not.toContainText('Ask the caretaker');
  await dispatcher.press('Show', news);
  await expect(dispatcher.part('Internal notes')).toContainText('Ask the caretaker');
  await expect(dispatcher.input('Internal note')).toHaveValue('Same valve as');
  await expect(dispatcher.input('Message to the customer')).toHaveValue('');
  await expect(news).toHaveCount(0);
  expect(loads, 'pages that were loaded anew').toEqual([]);
});

test('R6: what is typed about one request is not disturbed by another', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const { dispatcher, manager } = story;
  await dispatcher.inbox.openQueue('New');
  await dispatcher.inbox.openRequest(story.request.title);
  await dispatcher.fill({ 'Internal note': 'Same valve as' });

  story.request.title += ' again';
  await story.submit();
  await manager.inbox.openQueue('New');
  await manager.inbox.openRequest(story.request.title);
  const asked = dispatcher.page.waitForResponse((answer) => answer.url().endsWith('/api/desk/has_news'));
  await manager.request.startReview();
  // The page was told, has asked whether it concerns this request, and says nothing.
  expect(await (await asked).json()).toBe(false);
  await expect(dispatcher.page.getByRole('status').filter({ hasText: 'There is something new.' })).toHaveCount(0);
  await expect(dispatcher.input('Internal note')).toHaveValue('Same valve as');
});

test('what is filled in while a page loads its news stays filled in', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.signInStaff();
  const { manager } = story;
  await manager.customers.add(story.customer, 'Branches and retail');
  const colleague = await openDesk();
  await colleague.signIn.as(server.staff('Marta', 'manager'), PASSWORD);
  await manager.customers.openList();

  // The list learns of a new location, and its data stays on the way until the form is half filled in.
  let arrive = () => {};
  const held = new Promise<void>((resolve) => { arrive = resolve; });
  const asked = manager.page.waitForRequest('**/api/desk/customers');
  await manager.page.route('**/api/desk/customers', async (route) => {
    await held;
    await route.continue();
  });
  await colleague.customers.open(story.customer);
  await colleague.customers.addLocation(story.pune);
  await asked;
  await manager.follow('Add customer');
  await manager.input('Kind').selectOption({ label: 'Partner' });
  await manager.fill({ Name: 'Half a na' });
  arrive();
  await expect(manager.row(story.customer)).toContainText('1 location');
  await expect(manager.input('Kind').locator('option:checked')).toHaveText('Partner');
  await expect(manager.input('Name')).toHaveValue('Half a na');
  await expect(manager.input('Name')).toBeFocused();
  await manager.page.keyboard.type('me');
  await expect(manager.input('Name')).toHaveValue('Half a name');
});

test('of two people who edit one report, the second sees what the first saved and loses nothing', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  await story.schedule();
  const { dispatcher, manager } = story;
  await dispatcher.target.visitDone({ technician: 'Ibrahim Kaya', arrived: '00:10', left: '00:50', note: 'Forty minutes on site' });
  await dispatcher.target.writeReport(story.work);
  await manager.report.open(story.work, 'Draft');
  await manager.fill({ 'Report text': 'Words of the manager' });
  await dispatcher.report.write('Words of the dispatcher');

  // Keeps one's own.
  await manager.press('Save draft');
  await expect(manager.problem).toContainText('Somebody changed this in the meantime.');
  const theirs = manager.part('Report text').locator('.notice').filter({ hasText: 'Words of the dispatcher' });
  await expect(theirs).toBeVisible();
  await expect(manager.input('Report text')).toHaveValue('Words of the manager');
  await dispatcher.fill({ 'Report text': 'More words' });
  await manager.press('Save draft');
  await expect(manager.problem).toHaveCount(0);
  await expect(theirs).toHaveCount(0);

  // Takes the other's.
  await dispatcher.press('Save draft');
  await dispatcher.follow('Use this text');
  await expect(dispatcher.input('Report text')).toHaveValue('Words of the manager');
});
