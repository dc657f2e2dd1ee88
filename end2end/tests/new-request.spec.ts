// A new request as it is filled in with WASM: nothing that was typed or chosen is lost on the way.

import { Portal } from '../pages/portal.ts';
import { PASSWORD } from '../support/server.ts';
import { PHOTO, Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('R1: what is typed is kept while it is typed, also when the session ends', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await portal.newRequest.start();
  await portal.newRequest.where(story.berlin.name);
  const kept = portal.page.waitForResponse(/keep_what/);
  await portal.fill({ Title: 'The lift stops between floors' });
  expect((await kept).ok()).toBe(true);
  await portal.reload();
  await expect(portal.input('Title')).toHaveValue('The lift stops between floors');

  // The session ends elsewhere: the page keeps its words, and goes on with the next session.
  await portal.newRequest.what(story.request);
  await portal.page.context().clearCookies();
  await portal.press('Continue');
  await expect(portal.problem).toContainText('Your session has ended.');
  await expect(portal.input('Description')).toHaveValue(story.request.description);
  const [other] = await Promise.all([portal.page.context().waitForEvent('page'), portal.problem.getByRole('link', { name: /Sign in/ }).click()]);
  const elsewhere = new Portal(other, portal.visit);
  await elsewhere.shown('Sign in');
  await elsewhere.signIn.submit(story.contact.email, PASSWORD);
  await elsewhere.shown('What is it about?');
  await portal.press('Continue');
  await portal.shown('When would it suit you?');
});

test('V9: files are sent one by one, each to cancel, send again or take away', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await portal.newRequest.start();
  await portal.newRequest.where(story.berlin.name);
  await portal.newRequest.toFiles();
  const field = portal.input('Choose photos or files');

  await field.setInputFiles([
    { name: 'plan.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(15 * 1024 * 1024 + 1) },
    { name: 'phone.heic', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1') },
  ]);
  await expect(portal.row('plan.jpg')).toContainText('plan.jpg: This file is too large. The limit is 15 MB.');
  await expect(portal.row('phone.heic')).toContainText('phone.heic: HEIC photos cannot be read here.');
  for (const name of ['plan.jpg', 'phone.heic']) {
    await portal.press('Remove', portal.row(name));
    await expect(portal.row(name)).toHaveCount(0);
  }

  // A line that is cut, then one that is slow, then a good one.
  await portal.page.route('**/files', (route) => route.abort(), { times: 1 });
  await field.setInputFiles(PHOTO);
  await expect(portal.row('boiler.jpg')).toContainText('boiler.jpg: We cannot be reached right now.');
  let release = () => {};
  const held = new Promise<void>((done) => { release = done; });
  await portal.page.route('**/files', async (route) => { await held; await route.abort().catch(() => {}); }, { times: 1 });
  await portal.press('Try again', portal.row('boiler.jpg'));
  await expect(portal.row('boiler.jpg').getByRole('progressbar')).toBeVisible();
  await portal.press('Cancel', portal.row('boiler.jpg'));
  await expect(portal.row('boiler.jpg')).toContainText('Cancelled.');
  release();
  await portal.press('Try again', portal.row('boiler.jpg'));
  await portal.newRequest.upload('boiler.jpg');
  await expect(portal.row('boiler.jpg')).toHaveCount(1);
});

test('R2: one location is a fact, several are chosen, many are searched while typing', async ({ openPortal, openDesk, server }) => {
  const [dispatcher, manager] = [await openDesk(), await openDesk()];
  const one = new Story(server, await openPortal(), dispatcher, manager);
  await one.signInStaff();
  await one.signUp(await one.invite(one.berlin), [one.berlin]);
  await one.portal.newRequest.start();
  await expect(one.portal.main.getByRole('radio')).toHaveCount(0);
  await expect(one.portal.main).toContainText(one.berlin.name);

  const portal = await openPortal();
  const story = new Story(server, portal, dispatcher, manager);
  await story.signUp(await story.invite());
  await manager.customers.open(story.customer);
  for (let n = 1; n <= 6; n++) await manager.customers.addLocation({ ...story.berlin, name: `Store ${n}` });
  await portal.newRequest.start();
  await expect(portal.main.getByRole('radio')).toHaveCount(8);
  await portal.main.getByRole('radio', { name: story.pune.name }).check();
  await portal.main.getByRole('searchbox').fill('store');
  await expect(portal.main).toContainText('6 of 8 locations');
  // The choice stays in the list, whatever is searched.
  await expect(portal.main.getByRole('radio')).toHaveCount(7);
  await expect(portal.main.getByRole('radio', { name: story.pune.name })).toBeChecked();
  await expect(portal.main.getByRole('searchbox')).toBeFocused();
  await portal.main.getByRole('searchbox').fill('store 4');
  await portal.newRequest.where('Store 4');
});

for (const wasm of [true, false]) {
  test(`R2: of many locations a list is filtered by words, ${wasm ? 'with' : 'without'} WASM`, async ({ openPortal, openDesk, server }) => {
    const portal = await openPortal({ wasm });
    const story = new Story(server, portal, await openDesk(), await openDesk());
    await story.begin();
    await story.submit();
    const { manager } = story;
    await manager.customers.open(story.customer);
    await manager.follow('Import locations');
    await manager.shown('Import locations');
    const lines = Array.from({ length: 60 }, (_, n) => `Filiale ${n + 1};Europe/Berlin`);
    await manager.fill({ 'Or paste the list': ['name;time_zone', ...lines].join('\n') });
    await manager.press('Check the list');
    await manager.press('Import 60 locations');
    await manager.shown(story.customer);

    const search = async (words: string, path: RegExp) => {
      await portal.fill({ 'Name or address of the location': words });
      await portal.press('Show');
      await portal.shown('Requests', path);
    };
    await portal.requests.openList();
    expect(await portal.page.content(), 'no location travels that nobody asked for').not.toContain('Filiale 33');
    await expect(portal.input('Location')).toHaveCount(0);
    await search('PUNE', /place=PUNE/);
    await expect(portal.row(story.request.title)).toBeVisible();
    await search('filiale', /place=filiale/);
    await expect(portal.main).toContainText('Nothing fits what you chose.');
    await expect(portal.input('Location'), 'too many to list').toHaveCount(0);

    // What is little is listed: one of it is chosen, and let go again.
    await search('filiale 1', /place=filiale(\+|%20)1/);
    await portal.input('Location').selectOption({ label: 'Filiale 12' });
    await portal.press('Show');
    await portal.shown('Requests', /location=[0-9a-f]/);
    await expect(portal.main.getByRole('search')).toContainText('Filiale 12');
    await expect(portal.input('Name or address of the location')).toHaveCount(0);
    await portal.follow('All locations');
    await portal.shown('Requests', /\/requests$/);
    await expect(portal.row(story.request.title)).toBeVisible();
  });
}

test('R1: a request with a photo is sent by keyboard alone', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  const { page } = portal;
  const at = async (target: ReturnType<typeof page.locator>) => {
    for (let presses = 0; presses < 60; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  const press = async (name: string | RegExp, role: 'button' | 'link' = 'button') => {
    await at(portal.main.getByRole(role, { name, exact: true }).first());
    await page.keyboard.press('Enter');
  };
  // Tab leads to the chosen radio of a group, else to the first; arrows lead on from there.
  const choose = async (group: string, answer: string) => {
    const radios = portal.main.getByRole('group', { name: group, exact: true }).getByRole('radio');
    const chosen = radios.and(page.locator(':checked'));
    await at((await chosen.count()) ? chosen : radios.first());
    await page.keyboard.press('Space');
    const wanted = portal.main.getByRole('group', { name: group, exact: true }).getByRole('radio', { name: answer });
    for (let step = 0; step < 8 && !(await wanted.isChecked()); step++) await page.keyboard.press('ArrowDown');
    await expect(wanted).toBeChecked();
  };
  const type = async (label: string, text: string) => {
    await at(portal.input(label));
    await page.keyboard.type(text);
  };

  await portal.home.open();
  await press('New request', 'link');
  await portal.shown('Where do you need us?');
  await choose('Which location?', story.pune.name);
  await press('Continue');
  await portal.shown('What is it about?');
  await choose('Kind', 'Maintenance');
  await type('Title', 'The door does not close');
  await type('Description', 'The front door stays open a hand wide.');
  await press(/photos (or|and) files/i);
  await portal.shown('Photos and files');
  const field = portal.input('Choose photos or files');
  await at(field);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(PHOTO);
  await portal.newRequest.upload('boiler.jpg');
  await press('Continue', 'link');
  await portal.shown('When would it suit you?');
  await choose('When should it happen?', 'On certain days');
  await at(portal.part('Days and hours').getByRole('checkbox').first());
  await page.keyboard.press('Space');
  await press('Continue');
  await portal.shown('Check and send');
  await press('Send request');
  await portal.shown('The door does not close');
  await expect(portal.main.getByText('Your request was sent.')).toBeVisible();
});
