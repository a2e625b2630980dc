import { verify, type Finding, type Verdict } from '../../../verify/foerderbuch-verify.mjs';
import { CaseLog, caseIdOf } from './case-log.js';

/** The case that the tests export. */
export const own = caseIdOf(1);

/** The verifier key of every `CaseLog`, as somebody who trusts the log holds it. */
export const key = new CaseLog().signer.key.text;

/** The verdict on a file, by default with the log's key as the one trusted. */
export function judge(file: object, options: Parameters<typeof verify>[1] = { key }): Verdict {
  return verify(JSON.stringify(file), options);
}

export function finding({ code, record, leafIndex, field, fault }: Verdict): Finding & Pick<Verdict, 'code'> {
  return { code, record, leafIndex, field, fault };
}
