import { expect, type Locator } from '@playwright/test';
import type { Portal } from '../portal.ts';

/** A new request in its four steps. */
export class NewRequest {
  constructor(private readonly portal: Portal) {}

  async start(): Promise<void> {
    await this.portal.home.open();
    await this.portal.follow('New request');
    await this.portal.shown('Where do you need us?');
  }

  async where(location: string): Promise<void> {
    await this.portal.main.getByRole('radio', { name: location }).check();
    await this.next('What is it about?');
  }

  async what(answers: { kind: string; title: string; description: string; onSite?: string; urgent?: string }): Promise<void> {
    await this.choose('Kind', answers.kind);
    await this.portal.fill({ Title: answers.title, Description: answers.description });
    if (answers.onSite) await this.portal.fill({ 'Contact on site': answers.onSite });
    if (answers.urgent) await this.choose('Is it urgent?', answers.urgent);
  }

  /** From "what" to the page of the files; what is typed stays. */
  async toFiles(): Promise<void> {
    await this.portal.press(/photos (or|and) files/i);
    await this.portal.shown('Photos and files');
  }

  chooseFiles(paths: string[]): Promise<void> {
    return this.portal.input('Choose photos or files').setInputFiles(paths);
  }

  /** Waits until the chosen files have arrived. With WASM they leave as soon as they are chosen. */
  async upload(...names: string[]): Promise<void> {
    if (await this.portal.input('Choose photos or files').inputValue()) await this.portal.press('Upload');
    for (const name of names) await expect(this.portal.main.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
  }

  async afterFiles(): Promise<void> {
    await this.portal.follow('Continue');
    await this.portal.shown('When would it suit you?');
  }

  /** Chooses windows of the offered days, each as [day's place in the list, window], and gives the days' names. */
  async when(wishes: [number, string][]): Promise<string[]> {
    await this.choose('When should it happen?', 'On certain days');
    const days = this.portal.part('Days and hours').locator('.days').getByRole('group');
    const names: string[] = [];
    for (const [day, window] of wishes) {
      await days.nth(day).getByRole('checkbox', { name: window }).check();
      names.push((await days.nth(day).locator('legend').textContent())!.trim());
    }
    return names;
  }

  async next(title: string): Promise<void> {
    await this.portal.press('Continue');
    await this.portal.shown(title);
  }

  /** An answer in the summary of the last step. */
  answer(question: string): Locator {
    return this.portal.main.getByRole('term').filter({ hasText: question }).locator('xpath=following-sibling::dd[1]');
  }

  get sendButton(): Locator {
    return this.portal.main.getByRole('button', { name: 'Send request' });
  }

  async send(title: string): Promise<void> {
    await this.sendButton.click();
    await this.portal.shown(title, /\/requests\/[0-9a-f-]{36}/);
    await expect(this.portal.main.getByText('Your request was sent.')).toBeVisible();
  }

  private async choose(question: string, answer: string): Promise<void> {
    await this.portal.main.getByRole('group', { name: question, exact: true }).getByRole('radio', { name: answer }).check();
  }
}
