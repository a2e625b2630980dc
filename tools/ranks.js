/**
 * Who may import whom, as ONE array. A folder of `src` imports from lower ranks only; folders of the same rank do
 * not know each other. The rules of dependency-cruiser and the picture in README are generated from it, so that
 * neither can drift from the other.
 */
export const ranks = [
  ['kernel'],
  ['platform'],
  ['audit'],
  ['identity'],
  ['ledger', 'documents'],
  ['centres', 'programmes'],
  ['staffing', 'budget'],
  ['financing'],
  ['grants'],
  ['komm-an'],
  ['settlement'],
  ['desk'],
  ['reporting'],
  ['demo'],
  ['bin'],
];

/** The kernel is pure: these packages compute, they neither read the clock nor reach the network or the disk. */
export const kernelPackages = ['temporal-polyfill', 'canonicalize', 'uuid'];

/** Pure packages a rule may ask besides the kernel: check digits of an IBAN, public holidays. */
export const rulePackages = ['ibantools', 'feiertagejs'];

/** The foundation every folder stands on; it has no front door. */
export const openFolders = ['kernel', 'platform'];

/**
 * What a folder shows besides its `.rules`, `.service` and `.module`: the write door with what is passed through it,
 * the guard that knows the caller, and the one body that two folders take.
 */
export const publicPieces = {
  audit: ['command-runner', 'unit', 'audit-body'],
  identity: ['permit\\.guard'],
  // A guideline as callers write it: whoever asks about a draft takes the same body.
  programmes: ['guideline\\.dto'],
};
