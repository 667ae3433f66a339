/** A ledger as text in each form that others read; PDF is printed from the page (pdf.ts). */
import type { LedgerJson } from './schema.ts';

export const TEXT_FORMATS = ['html', 'json', 'sarif', 'junit', 'badge'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

export async function reportText(format: TextFormat, ledger: LedgerJson): Promise<string> {
  switch (format) {
    case 'html': return (await import('./page/page.ts')).reportPage(ledger);
    case 'json': return `${JSON.stringify(ledger, null, 1)}\n`;
    case 'sarif': return `${JSON.stringify((await import('./sarif.ts')).sarif(ledger), null, 1)}\n`;
    case 'junit': return (await import('./junit.ts')).junit(ledger);
    case 'badge': return (await import('./badge.ts')).badge(ledger);
  }
}
