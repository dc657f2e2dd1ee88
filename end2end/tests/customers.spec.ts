// A customer's locations from a list, and a person's access, by mouse and by keyboard.

import { PASSWORD } from '../support/server.ts';
import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

for (const wasm of [true, false]) {
  test(`a list of locations is looked at and then taken over, ${wasm ? 'with' : 'without'} WASM`, async ({ openDesk, server }) => {
    const desk = await openDesk({ wasm });
    await desk.signIn.as(server.staff('Marta', 'manager'), PASSWORD);
    const customer = `Imported ${Date.now().toString(36)}${wasm}`;
    await desk.customers.add(customer, 'Branches and retail');
    await desk.follow('Import locations');
    await desk.shown('Import locations');

    await desk.press('Check the list');
    await desk.shown('Import locations');
    await expect(desk.problem).toContainText('Please fill this in.');

    await desk.fill({ 'Or paste the list': 'name;time_zone\nBranch 1;Europe/Berlin\nBranch 2;Europe/Atlantis' });
    await desk.press('Check the list');
    await desk.shown('Import locations', /sheet=/);
    await expect(desk.main.getByRole('row').filter({ hasText: 'There is no such time zone.' })).toContainText('3');
    await expect(desk.main.getByRole('button', { name: 'Import 1 location' })).toHaveCount(0);

    const lines = Array.from({ length: 60 }, (_, n) => `Filiale ${n + 1},Lindenstr. ${n + 1},10969,Köln,Europe/Berlin`);
    const file = Buffer.from(`\uFEFF${['name,street,postal_code,city,time_zone', ...lines].join('\r\n')}`);
    await desk.input('CSV file').setInputFiles({ name: 'locations.csv', mimeType: 'text/csv', buffer: file });
    await desk.press('Check the list');
    await expect(desk.main).toContainText('60 locations are new.');
    await expect(desk.main).toContainText('50 of 60 are shown.');
    await desk.press('Import 60 locations');
    await desk.shown(customer);
    await expect(desk.part('Locations').getByRole('listitem')).toHaveCount(60);
    await expect(desk.part('Locations')).toContainText('Köln');

    // Back to the list: it is done, and cannot be done twice.
    await desk.page.goBack();
    await desk.reload();
    await expect(desk.main).toContainText('This list was imported.');
  });
}

test('G1: people are invited from a list, on one grant, without WASM', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk({ wasm: false }));
  await story.begin();
  const desk = story.manager;
  await desk.customers.open(story.customer);
  await desk.follow('Invite a list of people');
  await desk.shown('Invite a list of people');
  const email = `list.${story.contact.email}`;
  await desk.fill({ 'Or paste the list': `name,email\nBen Carter,${email}\nKnown,${story.contact.email}` });
  await desk.press('Check the list');
  await expect(desk.main).toContainText('1 person gets access. 1 person has access already and keeps it.');
  await desk.main.getByRole('radio', { name: 'Selected locations' }).check();
  await desk.main.getByRole('checkbox', { name: story.pune.name, exact: true }).check();
  await desk.press('Check what they will see');
  await expect(desk.main.getByRole('status').filter({ hasText: 'They will see: 1 location' })).toBeVisible();
  await desk.press('Send 1 invitation');
  await desk.shown(story.customer);
  await expect(desk.part('People with access').getByRole('listitem').filter({ hasText: email })).toContainText(story.pune.name);
  server.link(await server.mail(email, 'Your invitation to the customer portal'));
});

test('a grant is changed by keyboard, and says before what is gained and lost', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  const { page, main } = story.manager;
  await story.manager.follow('Change access');
  const all = main.getByRole('radio', { name: 'All locations, including new ones' });
  await expect(all).toBeChecked();
  await all.focus();
  await page.keyboard.press('ArrowDown');
  await expect(main.getByRole('radio', { name: 'Selected locations' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(main.getByRole('checkbox', { name: story.berlin.name, exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(main.getByRole('status').filter({ hasText: 'Lost: 1 location.' })).toBeVisible();
  await main.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(main.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await expect(story.manager.part('Access')).toContainText(story.berlin.name);

  await story.portal.go('/account/access');
  await expect(story.portal.main).toContainText(story.berlin.name);
  await expect(story.portal.main).not.toContainText(story.pune.name);
});

test('without WASM a grant is checked before it is saved', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk({ wasm: false }));
  await story.begin();
  const { main } = story.manager;
  await story.manager.follow('Change access');
  await main.getByRole('radio', { name: 'Selected locations' }).check();
  await main.getByRole('checkbox', { name: story.pune.name, exact: true }).check();
  await story.manager.press('Check what they will see');
  await expect(main.getByRole('status').filter({ hasText: 'Lost: 1 location.' })).toContainText('Nothing is saved yet.');
  await expect(main.getByRole('checkbox', { name: story.pune.name, exact: true })).toBeChecked();
  await story.manager.press('Save');
  await expect(story.manager.part('Access')).not.toContainText('All locations, including new ones');
});
