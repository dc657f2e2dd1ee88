// Which mails a contact gets: chosen in its account, or stopped from a mail without a sign-in.

import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('W3: mails of one kind are stopped from a mail, without a sign-in, and taken up again in the account', async ({ openBrowser, openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  const { dispatcher, portal, contact } = story;
  await dispatcher.inbox.openQueue('New');
  await dispatcher.inbox.openRequest(story.request.title);
  await dispatcher.request.startReview();
  await dispatcher.request.ask('Which boiler is it?');
  const mail = await server.mail(contact.email, 'We have a question');

  // Somebody else's browser: who got the mail need not be signed in.
  const page = await openBrowser();
  await page.goto(server.unsubscribeLink(mail));
  await expect(page.getByRole('main')).toContainText('You will get no more emails about requests.');
  await portal.go('/account/notifications');
  const requests = portal.main.getByRole('group', { name: 'Requests', exact: true });
  await expect(requests.getByRole('radio', { name: 'At once' })).toBeChecked();

  await page.getByRole('button', { name: 'Stop these emails' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Emails stopped');
  await portal.reload();
  await expect(requests.getByRole('radio', { name: 'No emails' })).toBeChecked();
  await expect(portal.main.getByRole('group', { name: 'Reports', exact: true }).getByRole('radio', { name: 'At once' })).toBeChecked();

  await requests.getByRole('radio', { name: 'Once a day' }).check();
  await portal.press('Save');
  await expect(portal.main.getByRole('status').filter({ hasText: 'Your choice is saved.' })).toBeVisible();
  await portal.reload();
  await expect(requests.getByRole('radio', { name: 'Once a day' })).toBeChecked();
});
