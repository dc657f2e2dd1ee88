import { expect, type Locator } from '@playwright/test';
import type { Desk } from '../desk.ts';

export interface Work {
  title: string;
  publicTitle: string;
  note: string;
  billing?: string;
  score?: string;
}

/** One request at the desk. */
export class Request {
  constructor(private readonly desk: Desk) {}

  /** What the customer reads about it now. */
  async expectCustomerSees(word: string): Promise<void> {
    await expect(this.docket).toContainText(new RegExp(`Customer sees:\\s*\\S\\s*${word}`));
  }

  private get docket(): Locator {
    return this.desk.main.getByRole('article').first();
  }

  async startReview(): Promise<void> {
    await this.desk.press('Start review');
    await this.expectCustomerSees('In review');
  }

  async ask(question: string): Promise<void> {
    await this.desk.follow('Ask the customer');
    await this.desk.fill({ 'Question to the customer': question });
    await this.desk.press(/^Ask /);
    await this.expectCustomerSees('Your answer needed');
  }

  /** Puts a template's text into the composer that is open. */
  async pickTemplate(name: string, field: string, text: string): Promise<void> {
    await this.desk.main.getByText('Templates, in English').click();
    await this.desk.follow(name);
    await expect(this.desk.input(field)).toHaveValue(text);
  }

  /** Writes a message or a note in the form for files, and sends it with a file. */
  async writeWithFiles(fold: 'Message with files' | 'Internal note with files', text: string, file: string): Promise<void> {
    const form = this.desk.main.locator('details', { has: this.desk.page.locator('summary', { hasText: fold }) });
    await form.locator('summary').click();
    await form.locator('textarea').fill(text);
    await form.locator('input[type=file]').setInputFiles(file);
    await form.locator('button').click();
    await this.desk.shown();
  }

  async writeNote(note: string): Promise<void> {
    await this.desk.fill({ 'Internal note': note });
    await this.desk.press('Save internal note');
    await expect(this.desk.part('Internal notes').getByRole('listitem').filter({ hasText: note })).toBeVisible();
  }

  /** Accepts, and waits until it can no longer be taken back. */
  async accept(): Promise<void> {
    await this.desk.press('Accept');
    await this.decided('accepted', 'Accepted');
  }

  async startDecline(reason: string): Promise<void> {
    await this.desk.follow('Decline');
    await this.desk.fill({ 'Reason for the customer': reason });
    await this.desk.press('Decline');
  }

  async decline(internalReason: string): Promise<void> {
    await this.desk.fill({ 'Internal reason': internalReason });
    await this.desk.press('Decline');
    await this.decided('declined', 'Rejected');
  }

  /** The seconds in which a decision can be taken back, and their end. The live page looks again by itself. */
  private async decided(act: string, word: string): Promise<void> {
    const notice = this.desk.main.getByRole('status').filter({ hasText: `${act} this request.` });
    await expect(notice.getByRole('button', { name: 'Take back' })).toBeVisible();
    if (this.desk.visit.live) await expect(notice).toHaveCount(0);
    else await expect(async () => { await this.desk.reload(); await expect(notice).toHaveCount(0, { timeout: 1 }); }).toPass({ timeout: 10_000 });
    await this.expectCustomerSees(word);
  }

  /** Makes it a piece of work, and goes there. */
  async convert(work: Work): Promise<void> {
    await this.desk.follow('Create work');
    await this.desk.fill(workFields(work));
    await this.desk.press('Create work');
    await this.desk.shown(work.title, /\/desk\/targets\/./);
  }
}

export function workFields(work: Work): Record<string, string> {
  return {
    'Title of the work': work.title,
    'Title for the customer': work.publicTitle,
    'Dispatch note': work.note,
    'Billing code': work.billing ?? '',
    'Routing score': work.score ?? '',
  };
}
