import { expect, type Locator } from '@playwright/test';
import type { Desk } from '../desk.ts';
import { workFields, type Work } from './request.ts';

/** One visit report: its text, files, releases and follow-ups. */
export class Report {
  constructor(private readonly desk: Desk) {}

  async open(title: string, stage: string): Promise<void> {
    await this.desk.go('/desk/reports', 'Reports');
    await this.desk.page.getByRole('navigation', { name: 'Reports', exact: true }).getByRole('link', { name: stage, exact: true }).click();
    await this.desk.row(title).getByRole('link').click();
    await this.desk.shown(title, /\/desk\/reports\/./);
  }

  async write(text: string): Promise<void> {
    const log = this.desk.part('Log').getByRole('row').filter({ hasText: 'Report written' });
    const before = await log.count();
    await this.desk.fill({ 'Report text': text });
    await this.desk.press('Save draft');
    await expect(log).toHaveCount(before + 1);
  }

  async addFiles(paths: string[], names: string[]): Promise<void> {
    await this.desk.input('Add photos or documents').setInputFiles(paths);
    await this.desk.press('Upload');
    for (const name of names) await expect(this.desk.part('Files').getByRole('link', { name, exact: true })).toBeVisible();
  }

  async approve(approver: string): Promise<void> {
    await this.desk.press('Approve');
    await expect(this.desk.part('Report text')).toContainText(`approved by ${approver}.`);
  }

  /** Takes the shared version back, and says who had read it before. */
  async withdraw(reason: string, reader: string): Promise<void> {
    const shared = this.desk.part('Shared with the customer');
    await this.desk.follow('Withdraw', shared);
    await expect(shared).toContainText('1 person has opened it already:');
    await expect(shared).toContainText(reader);
    await this.desk.fill({ 'Internal reason': reason });
    await this.desk.press('Withdraw now', shared);
    await expect(shared).toContainText('Nothing is shared now.');
  }

  async requireFollowUp(texts: { internal: string; public: string }): Promise<void> {
    await this.desk.follow('Require a follow-up');
    await this.desk.fill({ 'What is to be done': texts.internal, 'Text for the customer': texts.public });
    await this.desk.press('Save', this.followUps);
    await expect(this.followUp(texts.public)).toContainText('Follow-up required');
  }

  async shareFollowUp(text: string): Promise<void> {
    await this.desk.press('Share with the customer', this.followUp(text));
    await expect(this.followUp(text)).toContainText('Shared with the customer');
  }

  /** Makes a follow-up a piece of work, and goes there. */
  async planFollowUp(text: string, work: Work): Promise<void> {
    await this.desk.follow('Plan', this.followUp(text));
    await this.desk.fill(workFields(work));
    await this.desk.press('Create work');
    await this.desk.shown(work.title, /\/desk\/targets\/./);
  }

  private get followUps(): Locator {
    return this.desk.part('Follow-ups');
  }

  private followUp(text: string): Locator {
    return this.followUps.getByRole('article').filter({ hasText: text });
  }
}
