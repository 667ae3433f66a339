/** The whole ledger inside the page that shows it: packed, so that a page holds what a sceptic needs to check it again. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { InputError } from '../../../../toolchains/contract.ts';
import { Markup } from './markup.ts';

const OPENING = '<script type="application/gzip;base64" id="ledger">';
const CLOSING = '</script>';
/** A ledger of 100,000 obligations is about 300 MB. */
const MAXIMUM_BYTES = 1024 * 1024 * 1024;

/** The same ledger gives the same bytes. */
export function embedded(json: string): Markup {
  return new Markup(`${OPENING}${gzipSync(json, { level: 9 }).toString('base64')}${CLOSING}`);
}

/** Undefined where the text is no page of ours. @throws InputError where its ledger is damaged */
export function embeddedIn(file: string, page: string): string | undefined {
  const start = page.indexOf(OPENING);
  if (start < 0) return undefined;
  const end = page.indexOf(CLOSING, start);
  try {
    return gunzipSync(Buffer.from(page.slice(start + OPENING.length, end < 0 ? undefined : end), 'base64'), { maxOutputLength: MAXIMUM_BYTES }).toString('utf8');
  } catch (error) {
    throw new InputError(file, `the ledger inside the page is damaged: ${error instanceof Error ? error.message : String(error)}`, 'Ask for the report anew');
  }
}
