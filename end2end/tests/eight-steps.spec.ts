// The workflow that must always run: invitation, sign-in, request, review, target, appointment, report, follow-up.

import { Story } from '../support/story.ts';
import { test } from '../support/test.ts';

test('W1 W2 W3: from the invitation to the follow-up, each step seen by the customer as it happens', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.signInStaff();
  let link = '';
  await test.step('1 invitation (G1, G2, G7)', async () => { link = await story.invite(); });
  await test.step('2 secure sign-in (G2, G4)', () => story.signUp(link));
  await test.step('3 request (R1–R4, R12, V9)', () => story.submit());
  await test.step('4 review (R5, R6, R13, R14)', () => story.review());
  await test.step('5 target (R7, R10)', () => story.convert());
  await test.step('6 appointment (R11, A1–A3, A6)', () => story.schedule());
  await test.step('7 report (V1–V3, V6, V8, W3)', () => story.report());
  await test.step('8 follow-up (F1–F3, A6)', () => story.followUp());
  await test.step('what happened (T1, T2)', () => story.lookBack());
  await test.step('sign-out (G6)', () => story.signOut());
});
