import type { Desk } from '../desk.ts';

/** The queues of requests. */
export class Inbox {
  constructor(private readonly desk: Desk) {}

  /** Opens a queue by its name, such as "New" or "In review". */
  async openQueue(name: string): Promise<void> {
    await this.desk.go('/desk/inbox', 'Inbox');
    const tab = this.desk.page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: new RegExp(`^${name}( \\d+)?$`) });
    await tab.click();
    await this.desk.page.locator('nav a[aria-current=page]', { hasText: name }).waitFor();
  }

  /** Opens a request of a queue by itself: beside its queue, an act leads on to the next one. */
  async openRequest(title: string): Promise<void> {
    await this.openBesideQueue(title);
    await this.desk.go(new URL(this.desk.page.url()).pathname, title);
  }

  async openBesideQueue(title: string): Promise<void> {
    await this.desk.row(title).getByRole('link').click();
    await this.desk.shown(title, /\/desk\/requests\/./);
  }
}
