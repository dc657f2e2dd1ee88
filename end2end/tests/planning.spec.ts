// Planning: from the tray to an appointment, by form, by keyboard and by dragging. Only sending the form books.

import { Story } from '../support/story.ts';
import { expect, test } from '../support/test.ts';

const HOURS = '8–10 am';

test('R4: a wish in the tray fills in the form, which says whether the visit fits', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  const { dispatcher } = story;
  const { planning, target } = dispatcher;
  await planning.open();
  const date = await planning.wishedDay(story.work, HOURS);
  await planning.wish(story.work, HOURS).click();
  await dispatcher.shown(story.work, /form=schedule/);
  await expect(dispatcher.input('Day')).toHaveValue(date);
  await expect(dispatcher.input('From')).toHaveValue('08:00');
  const form = dispatcher.part('Schedule visit');
  await expect(form).toContainText('Fits the wish of');
  await dispatcher.fill({ Until: '12:00' });
  await expect(form).toContainText('Outside of the wishes');
  await expect(target.appointments).toHaveCount(0);
  await dispatcher.press('Schedule visit');
  await expect(target.appointments).toContainText('Outside of the wishes');
  await expect(target.appointments).toContainText('Tentative, not shared');
  await planning.open(`?view=day&date=${date}`);
  await expect(planning.entry(story.work)).toHaveCount(0);
  await expect(planning.visits(story.work)).toContainText('Outside of the wishes');
});

for (const wasm of [true, false]) {
  test(`A1: a visit is planned by keyboard, ${wasm ? 'with' : 'without'} WASM`, async ({ openPortal, openDesk, server }) => {
    const story = new Story(server, await openPortal(), await openDesk({ wasm }), await openDesk());
    await story.begin();
    await story.submit();
    await story.review();
    await story.convert();
    const { dispatcher } = story;
    const { planning, target } = dispatcher;
    await planning.open();
    const date = await planning.wishedDay(story.work, HOURS);
    await planning.findTime(story.work);
    await planning.showDay(date);
    await planning.freeSlots.filter({ hasText: 'Fits the wish' }).first().press('Enter');
    await dispatcher.shown(story.work, /form=schedule/);
    await expect(dispatcher.input('Day')).toHaveValue(date);
    await expect(dispatcher.input('Until')).toHaveValue('10:00');
    await expect(target.appointments).toHaveCount(0);
    const team = `Van ${story.work}`;
    await dispatcher.fill({ 'Who goes there': team });
    await dispatcher.main.getByRole('button', { name: 'Schedule visit' }).press('Enter');
    await expect(target.appointments).toContainText('Fits the wish of');

    // The same team cannot be at two places: the plan says so, and books nevertheless.
    await target.schedule({ date, from: '09:30', until: '11:00', team }, true);
    await expect(target.appointments.first()).toContainText(`Overlap: ${team} is also at`);
    await planning.open(`?view=week&date=${date}`);
    await expect(planning.visits(story.work)).toHaveCount(2);
    const [tentative, shared] = [planning.visits(story.work).first(), planning.visits(story.work).last()];
    await expect(tentative).toContainText('Tentative, not shared');
    await expect(tentative).toHaveCSS('border-top-style', 'dashed');
    await expect(shared).toContainText('Appointment scheduled');
    await expect(shared).toHaveCSS('border-top-style', 'solid');
    await expect(shared).toContainText('Overlap:');
    await planning.open(`?view=list&date=${date}&team=${encodeURIComponent(team)}`);
    await expect(planning.visits(story.work)).toHaveCount(2);
    await expect(planning.days).toHaveCount(1);
  });
}

test('A7: dragging opens the form and books nothing', async ({ openPortal, openDesk, server }) => {
  const story = new Story(server, await openPortal(), await openDesk(), await openDesk());
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  const { dispatcher } = story;
  const { planning, target } = dispatcher;
  // High enough to need no scrolling, which would end a drag before it begins.
  await dispatcher.page.setViewportSize({ width: 1440, height: 2_000 });
  await planning.open();
  const date = await planning.wishedDay(story.work, HOURS);
  await planning.open(`?view=day&date=${date}`);
  await planning.entry(story.work).locator('.row').dragTo(planning.days.first(), { sourcePosition: { x: 4, y: 4 } });
  await dispatcher.shown(story.work, /form=schedule/);
  await expect(dispatcher.input('Day')).toHaveValue(date);
  await expect(dispatcher.input('From')).toHaveValue('08:00');
  await expect(target.appointments).toHaveCount(0);
  const team = `Van ${story.work}`;
  await dispatcher.fill({ 'Who goes there': team });
  await dispatcher.press('Schedule visit');
  await expect(target.appointments).toHaveCount(1);

  // Wished are working days: Sunday is another one. The visits of other teams would make the week too high.
  await planning.open(`?view=week&date=${date}&team=${encodeURIComponent(team)}`);
  await planning.visits(story.work).dragTo(planning.days.last());
  await dispatcher.shown(story.work, /form=move-/);
  await expect(dispatcher.input('Day')).not.toHaveValue(date);
  await expect(dispatcher.input('From')).toHaveValue('08:00');
  await dispatcher.reload();
  await expect(target.appointments).toContainText(HOURS);
});
