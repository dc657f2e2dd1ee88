// Getting in, getting back in, and not getting in.

import type { Page } from '@playwright/test';
import { PASSWORD } from '../support/server.ts';
import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

test('G2 G3: a resent invitation ends the link before it, a revoked one is dead', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.signInStaff();
  const first = await story.invite();
  await story.manager.person.resend();
  const second = server.link(await server.mail(story.contact.email, 'Your invitation to the customer portal', 2));
  await portal.invitation.expectEnded(first);
  await portal.invitation.open(second);

  await story.manager.person.revoke();
  await portal.fill({ 'New password': PASSWORD });
  await portal.press('Accept invitation');
  await portal.shown('This link has ended');
  await portal.invitation.expectEnded(second);
});

test('G2: an accepted invitation does not work a second time', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.signInStaff();
  const link = await story.invite();
  await story.signUp(link);
  const other = await openPortal();
  await other.invitation.expectEnded(link);
});

test('G8: who is invited to one location finds no trace of the others', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.signInStaff();
  await story.signUp(await story.invite(story.pune), [story.pune]);
  await portal.account.openAccess();
  await expect(portal.main).toContainText(story.pune.name);
  await portal.newRequest.start();
  await expect(portal.main).toContainText(story.pune.street);
  for (const path of ['/', '/account/access', '/requests/new', '/timeline']) {
    await portal.go(path);
    expect(await portal.page.content(), path).not.toContain(story.berlin.name);
  }
});

test('G4: a wrong password and an unknown address get the same answer; a forgotten password is set anew by mail', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  await portal.signOut();
  const refusals: string[] = [];
  for (const email of [story.contact.email, 'nobody@customer.example']) {
    await portal.signIn.submit(email, 'five-lanterns-at-dawn');
    await expect(portal.problem).toContainText('Email address or password is not right.');
    refusals.push(await portal.problem.innerHTML());
    await portal.reload();
  }
  expect(refusals[0]).toBe(refusals[1]);

  await portal.signIn.forgot(story.contact.email);
  await expect(portal.main).toContainText('If we know this address, an email is on its way.');
  const link = server.link(await server.mail(story.contact.email, 'Set a new password'));
  await portal.signIn.reset(link, 'nine-lanterns-at-noon');
  await server.mail(story.contact.email, 'Your password was changed');
  await portal.signOut();
  await portal.signIn.submit(story.contact.email, PASSWORD);
  await expect(portal.problem).toBeVisible();
  await portal.signIn.as(story.contact.email, 'nine-lanterns-at-noon');
});

test('G6: signing out everywhere ends the session in another browser too', async ({ openPortal, openDesk, server }) => {
  const portal = await openPortal();
  const story = new Story(server, portal, await openDesk(), await openDesk());
  await story.begin();
  const other = await openPortal();
  await other.signIn.as(story.contact.email, PASSWORD);
  await portal.account.signOutEverywhere();
  await other.follow('New request');
  await other.shown('Sign in');
  // The sign-in leads to where the reader was going.
  await other.signIn.submit(story.contact.email, PASSWORD);
  await other.shown('Where do you need us?');
});

test('G5 N9: a customer is nobody at the desk, and staff are nobody at the portal', async ({ openPortal, openDesk, openBrowser, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  const page = await openBrowser();
  const heading = page.getByRole('heading', { level: 1 });
  const token = async (browser: Page, name: string) => (await browser.context().cookies()).find((cookie) => cookie.name === name)!.value;
  // Cookies do not know ports: each token goes to both faces, under both names.
  for (const value of [await token(story.portal.page, 'ordinavo_portal'), await token(story.manager.page, 'ordinavo_desk')]) {
    const contact = value === (await token(story.portal.page, 'ordinavo_portal'));
    await page.context().addCookies(['ordinavo_portal', 'ordinavo_desk'].map((name) => ({ name, value, domain: '127.0.0.1', path: '/' })));
    await page.goto(`${server.desk}/desk/inbox`);
    await expect(heading).toHaveText(contact ? 'Sign in' : 'Inbox');
    await page.goto(`${server.portal}/requests`);
    await expect(heading).toHaveText(contact ? 'Requests' : 'Sign in');
    await page.goto(`${server.portal}/desk/inbox`);
    await expect(heading).toHaveText(/^(page )?not found$/i);
  }
});
