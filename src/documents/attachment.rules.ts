import { violation, type Violation } from '../kernel/violation.js';

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What may be attached, and the endings its name may have. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  [`${OFFICE}.spreadsheetml.sheet`]: ['xlsx'],
  [`${OFFICE}.wordprocessingml.document`]: ['docx'],
};

export const attachmentTypes: readonly string[] = Object.keys(ENDINGS);

/** What is known of a file: what the sender calls it, and what its content is. */
export interface FileFacts {
  readonly declared: string;
  /** By its content; null where nothing known begins like this. */
  readonly detected: string | null;
  readonly fileName: string | null;
}

/** A file is what its content says. One that is called something else is refused, whoever was mistaken. */
export function judgeFile({ declared, detected, fileName }: FileFacts): Violation[] {
  if (detected === null || !attachmentTypes.includes(detected)) {
    return [
      violation(
        'file-type-not-allowed',
        null,
        {
          de: `Der Inhalt ist ${detected ?? 'von unbekannter Art'}; angenommen werden PDF, PNG, JPEG, XLSX und DOCX.`,
          en: `The content is ${detected ?? 'of an unknown kind'}; PDF, PNG, JPEG, XLSX and DOCX are taken.`,
        },
        'header:Content-Type',
      ),
    ];
  }
  const violations: Violation[] = [];
  if (declared !== detected) {
    violations.push(
      violation(
        'file-type-differs',
        null,
        {
          de: `Angekündigt ist ${declared}, der Inhalt ist ${detected}.`,
          en: `${declared} is announced, the content is ${detected}.`,
        },
        'header:Content-Type',
      ),
    );
  }
  const ending = /\.([^.]+)$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? null;
  const endings = ENDINGS[detected] ?? [];
  if (fileName !== null && (ending === null || !endings.includes(ending))) {
    violations.push(
      violation(
        'file-name-differs',
        null,
        {
          de: `Der Name passt nicht zum Inhalt; er endet bei ${detected} auf .${endings.join(' oder .')}.`,
          en: `The name does not fit the content; for ${detected} it ends in .${endings.join(' or .')}.`,
        },
        'query:fileName',
      ),
    );
  }
  return violations;
}

/** A name for a file that came without one. */
export function nameFor(mediaType: string): string {
  return `Anlage.${ENDINGS[mediaType]?.[0] ?? 'bin'}`;
}
