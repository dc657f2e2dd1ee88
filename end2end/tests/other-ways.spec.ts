// Where a request can go besides straight on: declined, moved, called off, its report withdrawn.

import { PHOTO, PUBLIC, REPORT_FILES, Story, tomorrow } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('R8: declining needs a reason for the customer and one for the office; only the first is read outside', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.dispatcher.inbox.openQueue('New');
  await story.dispatcher.inbox.openRequest(story.request.title);
  await story.dispatcher.request.startReview();
  const { manager, portal } = story;
  await manager.inbox.openQueue('In review');
  await manager.inbox.openRequest(story.request.title);
  await manager.request.startDecline('The maker repairs it under its warranty.');
  await expect(manager.problem).toContainText('Please check the marked fields.');
  await expect(manager.input('Reason for the customer')).toHaveValue('The maker repairs it under its warranty.');
  await manager.request.decline('We lost money there last time.');
  await story.expectStatus('Rejected', 'The reason is below.');
  await expect(portal.requests.docket).toContainText('The maker repairs it under its warranty.');
  expect(await portal.page.content()).not.toContain('We lost money there last time.');
});

for (const wasm of [true, false]) {
  test(`R14 G14: a question begins with a template in the customer's language and is changed before it is sent, ${wasm ? 'live' : 'without WASM'}`, async ({ openPortal, openDesk, server }) => {
    const story = new Story(server, await openPortal(), await openDesk({ wasm }), await openDesk());
    await story.begin();
    await story.submit();
    const { dispatcher, manager, portal } = story;
    const template = `Photo, please ${story.customer}`;
    await manager.go('/desk/settings?part=templates', 'Settings');
    await manager.follow('Add template');
    await manager.fill({ Name: template, 'English text': 'Could you send us a photo?', 'German text (optional)': 'Könnten Sie uns ein Foto senden?' });
    await manager.input('What for').selectOption('Question to the customer');
    await manager.press('Add template');
    await expect(manager.row(template)).toBeVisible();

    await dispatcher.inbox.openQueue('New');
    await dispatcher.inbox.openRequest(story.request.title);
    await dispatcher.request.startReview();
    await dispatcher.follow('Ask the customer');
    await dispatcher.request.pickTemplate(template, 'Question to the customer', 'Could you send us a photo?');
    await dispatcher.fill({ 'Question to the customer': 'Could you send us a photo of the boiler?' });
    await dispatcher.press(/^Ask /);
    await story.expectStatus('Your answer needed', 'Review continues once you answer.');
    await expect(portal.main).toContainText('Could you send us a photo of the boiler?');
    expect(await portal.page.content()).not.toContain(template);
  });
}

test('V7 N1: a file of a message reaches the customer with it, a file of an internal note does not', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const { dispatcher, portal } = story;
  await dispatcher.inbox.openQueue('New');
  await dispatcher.inbox.openRequest(story.request.title);
  await dispatcher.request.writeWithFiles('Message with files', 'Here is the record.', REPORT_FILES.shared);
  await expect(dispatcher.part('Conversation with the customer').getByRole('link', { name: 'inspection.pdf' })).toBeVisible();
  await dispatcher.request.writeWithFiles('Internal note with files', 'What the parts cost us', REPORT_FILES.kept);
  await expect(dispatcher.part('Internal notes').getByRole('link', { name: 'parts-list.pdf' })).toBeVisible();

  await portal.requests.open(story.request.title);
  await expect(portal.part('Messages')).toContainText('Here is the record.');
  await expect(portal.part('Messages').getByRole('link', { name: 'inspection.pdf' })).toBeVisible();
  // The name of the note's file is among the words of the office.
  await story.expectOnlyPublic();
});

test('R11 A7: a shared appointment is moved and called off, and the request follows', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  await story.schedule();
  const { dispatcher, portal } = story;
  await dispatcher.target.move({ date: tomorrow(story.pune.zone), from: '13:30', until: '15:00' });
  await server.mail(story.contact.email, 'Appointment moved');
  await portal.appointments.open(PUBLIC.work);
  await expect(portal.main).toContainText('Appointment moved');
  await expect(portal.main).toContainText('1:30–3 pm');
  await dispatcher.target.callOff('Our van broke down. We find another day.');
  await server.mail(story.contact.email, 'Appointment cancelled');
  await story.expectStatus('Accepted', 'We will do this. No date yet.');
  await expect(portal.requests.docket).toContainText('Our van broke down. We find another day.');
  expect(await portal.requests.history()).toEqual(expect.arrayContaining(['Appointment moved', 'Appointment cancelled', 'Waiting for a new date']));
});

test('R4 A7: a suggested time books nothing, until staff move the appointment there', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  await story.schedule();
  const { dispatcher, portal } = story;
  await portal.appointments.open(PUBLIC.work);
  const wished = { date: tomorrow(story.pune.zone), from: '09:00', until: '11:00' };
  await portal.appointments.suggest(wished, 'Nobody is in before nine.');
  await expect(portal.main).toContainText('Appointment scheduled');
  await dispatcher.reload();
  await expect(dispatcher.target.appointments).toContainText('Nobody is in before nine.');
  await dispatcher.target.moveToSuggested();
  await server.mail(story.contact.email, 'Appointment moved');
  await portal.reload();
  await expect(portal.main).toContainText('9–11 am');
  await expect(portal.part('Another time')).toContainText('We have moved the appointment.');
});

test('V4 V5 T4: a later edit changes nothing outside; a withdrawn report is gone from page, list and timeline', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  await story.schedule();
  await story.report();
  const { dispatcher, manager, portal } = story;
  const report = portal.page.url();
  await dispatcher.reload();
  await dispatcher.report.write('A second look shows something else.');
  await portal.reload();
  await expect(portal.main).toContainText(PUBLIC.summary);
  await expect(portal.main).toContainText('Version 1');

  await manager.reload();
  await manager.report.withdraw('Wrong serial number', story.contact.name);
  await portal.page.goto(report);
  await portal.shown('Page not found');
  await portal.reports.openList();
  await expect(portal.main).toContainText('Reports appear here once shared with you.');
  await portal.timeline.open();
  expect(await portal.timeline.entries()).not.toContain(`Report shared: ${PUBLIC.report}`);
  await expect(portal.main).toContainText('Visit completed');
});

test('V3 V9: a picture that is shared later is looked at on the report, and comes whole as a file', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  await story.schedule();
  await story.report();
  const { dispatcher, manager, portal } = story;
  await dispatcher.reload();
  await dispatcher.report.addFiles([PHOTO], ['boiler.jpg']);
  await portal.reload();
  await expect(portal.main.locator('figure')).toHaveCount(0);

  await manager.report.open(story.work, 'Shared');
  await manager.release.open();
  await manager.release.write({ title: PUBLIC.report, summary: PUBLIC.summary, message: PUBLIC.message });
  await manager.release.shareFile('boiler.jpg', 'Boiler.jpg', 'The boiler after the repair');
  await manager.release.publish(story.work);
  await portal.reload();
  await expect(portal.main).toContainText('Version 2');
  const picture = portal.main.getByRole('img', { name: 'The boiler after the repair' });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(100);
  const { name, bytes } = await portal.reports.download('Boiler.jpg');
  expect(name).toBe('Boiler.jpg');
  expect(bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
});
