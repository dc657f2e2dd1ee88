import { expect, type Locator } from '@playwright/test';
import { anyBlank } from '../face.ts';
import type { Portal } from '../portal.ts';

/** The list of requests, and one request's docket. */
export class Requests {
  constructor(private readonly portal: Portal) {}

  async openList(query = ''): Promise<void> {
    await this.portal.go(`/requests${query}`, 'Requests');
  }

  async open(title: string): Promise<void> {
    await this.openList();
    await this.portal.row(title).getByRole('link').click();
    await this.portal.shown(title);
  }

  get docket(): Locator {
    return this.portal.main.getByRole('article').first();
  }

  number(): Promise<string> {
    return this.docket.locator('.ref').first().innerText();
  }

  /** The status as its reader sees it: a word, and a sentence about what it means. */
  async expectStatus(word: string, meaning: string): Promise<void> {
    await expect(this.docket.locator('.status')).toContainText(word);
    await expect(this.docket).toContainText(meaning);
  }

  async expectNext(sentence: string | RegExp): Promise<void> {
    await expect(this.docket.locator('.next')).toContainText(typeof sentence === 'string' ? sentence : anyBlank(sentence));
  }

  async answer(text: string): Promise<void> {
    await this.portal.fill({ 'Your answer': text });
    await this.portal.press('Send answer');
    await expect(this.portal.part('Messages').getByRole('listitem').filter({ hasText: text })).toBeVisible();
  }

  async withdraw(): Promise<void> {
    await this.portal.main.locator('summary', { hasText: 'Withdraw this request' }).click();
    await this.portal.press('Withdraw request');
  }

  /** What happened, oldest first, by name. */
  history(): Promise<string[]> {
    return this.portal.part('History').locator('li:not([data-next])').getByRole('heading').allInnerTexts();
  }
}
