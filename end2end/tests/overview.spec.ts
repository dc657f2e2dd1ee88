// The office looks back: numbers that lead to what is behind them, and the log of who did what.

import { download } from '../pages/face.ts';
import { PASSWORD } from '../support/server.ts';
import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('every number of the overview leads to the list behind it, and each table can be taken along', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const { manager } = story;
  await manager.overview.open();
  const [open] = await manager.overview.lastRow('Requests per week');
  expect(Number(open)).toBeGreaterThan(0);
  const { name, bytes } = await download(manager.page, manager.part('Requests per week').getByRole('link', { name: 'Download as CSV' }));
  expect(name).toBe('overview.csv');
  expect(bytes.toString('utf8').trim().split('\r\n')).toHaveLength(13);
  await manager.overview.follow('Requests per week', 0, 'Requests behind the number');
  await manager.row(story.request.title).getByRole('link').click();
  await manager.shown(story.request.title);

  await manager.overview.open();
  await manager.part('Age of open requests').getByText('As a table').click();
  await manager.part('Age of open requests').getByRole('row', { name: /^0–1 days/ }).getByRole('link').click();
  await manager.shown('Requests behind the number');
  await expect(manager.row(story.request.title)).toBeVisible();
});

for (const wasm of [true, false]) {
  test(`the audit log is filtered by its address and downloaded as it is filtered, ${wasm ? 'with' : 'without'} WASM`, async ({ openPortal, openDesk, server }) => {
    const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
    await story.begin();
    const admin = await openDesk({ wasm });
    await admin.signIn.as(server.staff('Ada', 'admin'), PASSWORD);
    await admin.audit.open();
    await admin.audit.filter({ subject: 'People and access', who: story.contact.email });
    const kinds = await admin.audit.kinds();
    expect(new Set(kinds)).toEqual(new Set(['Person added', 'Access given', 'Invitation sent', 'Invitation accepted', 'Choice of emails changed']));
    await admin.audit.filter({ kind: 'Access given' });
    expect(await admin.audit.kinds()).toEqual(['Access given']);
    const { name, bytes } = await download(admin.page, admin.main.getByRole('link', { name: 'Download as CSV' }));
    expect(name).toBe('audit.csv');
    const lines = bytes.toString('utf8').trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`"${story.contact.name}"`);
    await admin.audit.open();
    expect((await admin.audit.kinds())[0]).toBe('Audit log exported');
  });
}
