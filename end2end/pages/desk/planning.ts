import { expect, type Locator } from '@playwright/test';
import type { Desk } from '../desk.ts';

/** The plan by day, week or list, and beside it the work without an appointment. */
export class Planning {
  constructor(private readonly desk: Desk) {}

  async open(query = ''): Promise<void> {
    await this.desk.go(`/desk/planning${query}`, 'Planning');
  }

  /** Some work that has no appointment. */
  entry(work: string): Locator {
    return this.desk.page.getByRole('complementary', { name: 'To plan' }).getByRole('listitem').filter({ hasText: work });
  }

  /** The first wish of some work for certain hours: a way to the filled-in form. */
  wish(work: string, hours: string): Locator {
    return this.entry(work).getByRole('link', { name: hours }).first();
  }

  /** The day of that wish. */
  async wishedDay(work: string, hours: string): Promise<string> {
    const address = await this.wish(work, hours).getAttribute('href');
    return new URL(address!, this.desk.visit.home).searchParams.get('date')!;
  }

  /** Takes work in hand, by keyboard. */
  async findTime(work: string): Promise<void> {
    await this.entry(work).getByRole('link', { name: /^Find a time/ }).press('Enter');
    await expect(this.desk.main).toContainText(`Choose a time for “${work}”`);
  }

  /** Goes to another day, by keyboard. */
  async showDay(date: string): Promise<void> {
    await this.desk.page.getByRole('navigation', { name: 'Views of the plan' }).getByRole('link', { name: 'Day' }).press('Enter');
    await this.desk.shown('Planning', /view=day/);
    await this.desk.input('Day').fill(date);
    await this.desk.main.getByRole('button', { name: 'Show' }).press('Enter');
    await this.desk.shown('Planning', new RegExp(`date=${date}`));
  }

  /** Ways to the form for the work in hand. */
  get freeSlots(): Locator {
    return this.desk.main.getByRole('link', { name: /Schedule here/ });
  }

  /** What is planned for some work, in the stretch that is shown. */
  visits(work: string): Locator {
    return this.desk.main.locator('.week').getByRole('link').filter({ hasText: work }).and(this.desk.main.locator('.slot:not(.free)'));
  }

  get days(): Locator {
    return this.desk.main.locator('.week > section');
  }
}
