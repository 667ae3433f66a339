/** Assay's own version: part of every ledger. Kept equal to package.json by a test. */
export const version = '0.1.0';
