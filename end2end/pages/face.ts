// What the pages of both faces have in common.

import { expect, type Locator, type Page } from '@playwright/test';

/** How a person's browser comes to a face. */
export interface Visit {
  /** The face's address, without a slash at the end. */
  home: string;
  /** Whether WASM is expected to take each page over. */
  live: boolean;
  /** Looks at every page that the person reaches, such as for its accessibility. */
  look?: (page: Page) => Promise<void>;
}

export abstract class Face {
  constructor(readonly page: Page, readonly visit: Visit) {}

  /** Goes to an address of this face, and waits until its page is there. */
  async go(path: string, title?: string): Promise<void> {
    await this.page.goto(this.visit.home + path);
    await this.shown(title);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.shown();
  }

  /** Waits for a page by its heading, which is also its title; `path` tells pages with the same heading apart. */
  async shown(title?: string, path?: RegExp): Promise<void> {
    if (path) await expect(this.page).toHaveURL(path);
    const heading = this.page.getByRole('heading', { level: 1 });
    if (title) await expect(heading).toHaveText(title);
    else await expect(heading).toBeVisible();
    await expect(this.page).toHaveTitle((await heading.textContent())!.trim());
    if (this.visit.live) await expect(this.page.locator('html')).toHaveAttribute('data-hydrated', 'true');
    await this.visit.look?.(this.page);
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** A part of the page by its heading. */
  part(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  /** A field by its label. Days, times, passwords and files have no role, so it is found by what it is. */
  input(label: string): Locator {
    return this.main.getByLabel(label, { exact: true }).and(this.page.locator('input, select, textarea'));
  }

  async fill(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.input(label).fill(value);
  }

  async press(button: string | RegExp, within: Locator = this.main): Promise<void> {
    await within.getByRole('button', { name: button, exact: true }).click();
  }

  async follow(link: string | RegExp, within: Locator = this.main): Promise<void> {
    await within.getByRole('link', { name: link, exact: true }).first().click();
  }

  /** The row of a list that names something. */
  row(text: string): Locator {
    return this.main.getByRole('listitem').filter({ hasText: text });
  }

  /** What is wrong, above a form that was refused. */
  get problem(): Locator {
    return this.main.getByRole('alert');
  }
}

/** A pattern whose blanks match the ones that no line breaks at too. With plain texts Playwright does so by itself. */
export function anyBlank(pattern: RegExp): RegExp {
  return new RegExp(pattern.source.replaceAll(' ', '\\s'), pattern.flags);
}

/** What a download brought: its name, and its bytes. */
export async function download(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [started] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await started.createReadStream()) chunks.push(chunk as Buffer);
  return { name: started.suggestedFilename(), bytes: Buffer.concat(chunks) };
}
