import type { RecipientKind } from '../../centres/centres.rules.js';
import type { NoticeBlock, NoticeDocument, NoticeSection } from '../../documents/notice-document.rules.js';
import { courtSeat } from './court.rules.js';
import { reckoningAnnex } from './notice-annex.rules.js';
import type { EarlierDecision, NoticeFacts, NoticeKind } from './notice-facts.rules.js';
import {
  budgetTable,
  euros,
  financingTable,
  financingParagraphs,
  grantedCash,
  guidelineWords,
  longDay,
  longPeriod,
  paragraphs,
  paymentTable,
  postTable,
} from './notice-wording.rules.js';

const AUTHORITY = 'Bezirksregierung Arnsberg';

const titles: Readonly<Record<NoticeKind, string>> = {
  grant: 'Zuwendungsbescheid',
  partial_grant: 'Zuwendungsbescheid über eine Teilbewilligung',
  refusal: 'Ablehnungsbescheid',
  amendment: 'Änderungsbescheid',
  revocation: 'Widerrufsbescheid',
  withdrawal: 'Rücknahmebescheid',
};

/** Whom the notice addresses: the body through its head, for a Kommunales Integrationszentrum is no legal person. */
const heads: Readonly<Record<RecipientKind, string>> = {
  kreis: 'Die Landrätin / Der Landrat',
  staedteregion: 'Die Städteregionsrätin / Der Städteregionsrat',
  kreisfreie_stadt: 'Die Oberbürgermeisterin / Der Oberbürgermeister',
  stadt: 'Die (Ober-)Bürgermeisterin / Der (Ober-)Bürgermeister',
};

/**
 * The notice of a decision, in the order of the specimen for grants to municipalities (Grundmuster 1 zu § 44 LHO NRW):
 * grant, purpose, kind and amount, eligible expenditure, budget years, payment; ancillary provisions; remedies.
 */
export function noticeOf(facts: NoticeFacts): NoticeDocument {
  const { kind, fileNumber, recipient, centre, releasedOn } = facts;
  const draft = releasedOn === null;
  const annexes = facts.steps.length === 0 || kind === 'refusal' ? [] : [reckoningAnnex(facts, 1)];
  return {
    draft,
    title: draft ? `Entwurf: ${titles[kind]}` : titles[kind],
    subject: `Zuwendungen des Landes Nordrhein-Westfalen; Förderung ${centreWords(facts)}`,
    sender: AUTHORITY,
    unit: 'Bewilligungsbehörde',
    returnLine: AUTHORITY,
    address: [
      recipient.name,
      heads[recipient.kind],
      centre.name === recipient.name ? KI : `${KI} ${centre.name}`,
    ],
    facts: [
      { label: 'Aktenzeichen', value: fileNumber },
      { label: 'Datum', value: releasedOn === null ? 'noch nicht freigegeben' : longDay(releasedOn) },
      { label: 'Programm', value: facts.programme.replaceAll('_', ' ') },
      ...(facts.appliedOn === null ? [] : [{ label: 'Ihr Antrag vom', value: longDay(facts.appliedOn) }]),
    ],
    warning: draft
      ? 'Entwurf: Dieser Bescheid ist noch nicht freigegeben. Er bindet niemanden und darf nicht bekannt gegeben werden.'
      : '',
    opening: ['Sehr geehrte Damen und Herren,'],
    sections: numbered([...body(facts), remedies(facts)]),
    closing: closing(facts),
    enclosures: annexes.map(({ heading }) => heading),
    annexes,
    running: `${titles[kind]} · Aktenzeichen ${fileNumber}`,
    footer: `Aktenzeichen ${fileNumber}`,
    keywords: [fileNumber, facts.programme],
    at: facts.at,
  };
}

const KI = 'Kommunales Integrationszentrum';

function centreWords({ centre }: NoticeFacts): string {
  return `des Kommunalen Integrationszentrums ${centre.name}`;
}

type Titled = readonly [heading: string, blocks: readonly NoticeBlock[]];

/** What the notice decides and why, by its kind; sections are numbered afterwards. */
function body(facts: NoticeFacts): NoticeSection[] {
  switch (facts.kind) {
    case 'grant':
    case 'partial_grant':
      return [granting(facts), provisions(facts)];
    case 'amendment':
      return [amending(facts), provisions(facts)];
    case 'refusal':
      return [
        plain('Entscheidung', [
          text(`${yourApplication(facts)} lehne ich ab. Eine Zuwendung wird nicht gewährt.`),
        ]),
        ...reasoned(facts),
      ];
    case 'revocation':
    case 'withdrawal':
      return [plain('Entscheidung', undoing(facts)), ...reasoned(facts)];
  }
}

function granting(facts: NoticeFacts): NoticeSection {
  const { amounts, period, grounds, kind } = facts;
  const granted = grantedCash(amounts);
  const partly = kind === 'partial_grant';
  const rest = partly ? ' Soweit Ihr Antrag darüber hinausgeht, lehne ich ihn ab.' : '';
  return parts('Entscheidung', [
    [
      'Bewilligung',
      [
        text(
          `Auf ${yourApplication(facts)} bewillige ich Ihnen für die Zeit ${longPeriod(period)} (Bewilligungszeitraum) eine Zuwendung in Höhe von ${euros(granted)}.${rest}`,
        ),
      ],
    ],
    ['Zur Durchführung folgender Maßnahme', [...measure(facts), ...begunEarly(facts)]],
    ['Finanzierungsart und -höhe', financingParagraphs(amounts, grounds).map(text)],
    ['Zuwendungsfähige Gesamtausgaben und Finanzierung', financing(facts)],
    ...frame(facts),
    ...(facts.reasons === null ? [] : [['Begründung', paragraphs(facts.reasons)] as const]),
  ]);
}

function amending(facts: NoticeFacts): NoticeSection {
  const { amounts, grounds, earlier } = facts;
  const granted = grantedCash(amounts);
  return parts('Entscheidung', [
    [
      'Änderung der Bewilligung',
      [
        text(
          `${earlierWords(earlier)} ändere ich: Die Zuwendung für die Zeit ${longPeriod(facts.period)} beträgt nunmehr ${euros(granted)}${earlier === null ? '' : ` statt bisher ${euros(earlier.granted)}`}. Im Übrigen gilt er unverändert fort.`,
        ),
      ],
    ],
    ['Zur Durchführung folgender Maßnahme', measure(facts)],
    ['Finanzierungsart und -höhe', financingParagraphs(amounts, grounds).map(text)],
    ['Zuwendungsfähige Gesamtausgaben und Finanzierung', financing(facts)],
    ...frame(facts),
    ...(facts.reasons === null ? [] : [['Begründung', paragraphs(facts.reasons)] as const]),
  ]);
}

function undoing(facts: NoticeFacts): NoticeBlock[] {
  const { kind, earlier, amounts } = facts;
  const stays = grantedCash(amounts);
  const [verb, basis] =
    kind === 'revocation' ? ['widerrufe', '§ 49 Abs. 3 VwVfG NRW'] : ['nehme', '§ 48 VwVfG NRW'];
  const back = kind === 'withdrawal' ? ' zurück' : '';
  const part = stays.isZero()
    ? `${earlierWords(earlier)} ${verb} ich nach ${basis} in vollem Umfang${back}.`
    : `${earlierWords(earlier)} ${verb} ich nach ${basis} teilweise${back}, soweit er mehr als ${euros(stays)} bewilligt.`;
  return [
    text(part),
    ...(earlier === null
      ? []
      : [text(`Bewilligt waren ${euros(earlier.granted)}; es verbleiben ${euros(stays)}.`)]),
    text(
      'Bereits ausgezahlte Beträge, auf die danach kein Anspruch mehr besteht, sind nach § 49a Abs. 1 VwVfG NRW zu erstatten; die Höhe wird durch gesonderten Bescheid festgesetzt.',
    ),
  ];
}

function measure({ centre, grounds, posts }: NoticeFacts): NoticeBlock[] {
  return [
    text(
      `Betrieb des Kommunalen Integrationszentrums ${centre.name} nach ${guidelineWords(grounds)}. Gefördert werden die folgenden Stellen in Vollzeitäquivalenten (VZÄ):`,
    ),
    postTable(posts),
  ];
}

/** Who began with consent reads that this was allowed. */
function begunEarly({ earlyStarts }: NoticeFacts): NoticeBlock[] {
  return earlyStarts.map(({ startsOn, consentedOn }) =>
    text(
      `Dem Beginn der Maßnahme vor dieser Bewilligung habe ich am ${longDay(consentedOn)} zugestimmt, mit Wirkung ab dem ${longDay(startsOn)}.`,
    ),
  );
}

function financing({ amounts }: NoticeFacts): NoticeBlock[] {
  return [
    text(
      'Zuwendungsfähig sind die Ausgaben für die unter Nummer 2 genannten Stellen; die Höhe der Zuwendung ist in Anlage 1 Schritt für Schritt berechnet. Die Maßnahme wird wie folgt finanziert:',
    ),
    financingTable(amounts),
  ];
}

/** Budget years and payment: only where the Land pays money. */
function frame(facts: NoticeFacts): Titled[] {
  const { amounts, grounds, releasedOn } = facts;
  if (grantedCash(amounts).isZero()) return [];
  const issued = releasedOn?.year ?? Math.min(...amounts.map(({ fundingYear }) => fundingYear));
  return [
    ['Bewilligungsrahmen', [text('Von der Zuwendung entfallen auf:'), budgetTable(amounts, issued)]],
    [
      'Auszahlung',
      [
        text(
          'Die Zuwendung wird auf Ihren Mittelabruf ausgezahlt, sobald dieser Bescheid bestandskräftig ist, und nur, soweit sie innerhalb von zwei Monaten für fällige Zahlungen benötigt wird. Sie können die Bestandskraft durch Verzicht auf Rechtsbehelfe herbeiführen.',
        ),
        ...(grounds.every(({ paymentDates }) => paymentDates.length === 0)
          ? []
          : [paymentTable(amounts, grounds)]),
      ],
    ],
  ];
}

function provisions({ grounds, proofs, furtherProvision }: NoticeFacts): NoticeSection {
  return plain('Nebenbestimmungen', [
    text('Die folgenden Nebenbestimmungen sind Bestandteil dieses Bescheids (§ 36 VwVfG NRW):'),
    {
      kind: 'items',
      items: [
        ...new Set(
          grounds.flatMap((ground) =>
            ground.provisions.map(({ provision, textDe }) => `${textDe} (${provision})`),
          ),
        ),
        ...(furtherProvision === null
          ? []
          : [`${furtherProvision.text} (Begründung: ${furtherProvision.reason})`]),
        ...proofs.map(
          ({ fundingYear, dueOn }) =>
            `Der Verwendungsnachweis${grounds.length === 1 ? '' : ` für ${String(fundingYear)}`} ist bis zum ${longDay(dueOn)} vorzulegen.`,
        ),
      ],
    },
  ]);
}

function reasoned({ reasons }: NoticeFacts): NoticeSection[] {
  return reasons === null ? [] : [plain('Begründung', paragraphs(reasons))];
}

/** Nothing is said where the decision was drafted without: the period is then a year (§ 58 Abs. 2 VwGO). */
function remedies({ remedyInformation, centre }: NoticeFacts): NoticeSection {
  const seat = courtSeat(centre.ags);
  return plain(
    'Rechtsbehelfsbelehrung',
    remedyInformation
      ? [
          text(
            `Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Klage beim Verwaltungsgericht ${seat} in ${seat} erhoben werden.`,
          ),
        ]
      : [],
  );
}

/** Issued by a machine, so name and signature may be missing (§ 37 Abs. 5 VwVfG NRW); a person is named by its office. */
function closing({ releasedOn, copyRequired }: NoticeFacts): string[] {
  const copies = copyRequired
    ? ['Abdruck an den Landesrechnungshof Nordrhein-Westfalen (Bescheid und Antrag).']
    : [];
  return releasedOn === null
    ? ['Noch nicht gezeichnet.', ...copies]
    : [
        'Im Auftrag',
        `Elektronisch gezeichnet am ${longDay(releasedOn)} durch die zur Freigabe befugte Person der Bewilligungsbehörde (Vier-Augen-Prinzip).`,
        'Dieser Bescheid wurde maschinell erstellt und ist nach § 37 Abs. 5 VwVfG NRW ohne Unterschrift gültig.',
        ...copies,
      ];
}

function yourApplication({ appliedOn }: NoticeFacts): string {
  return appliedOn === null ? 'Ihren Antrag' : `Ihren Antrag vom ${longDay(appliedOn)}`;
}

function earlierWords(earlier: EarlierDecision | null): string {
  return earlier === null
    ? 'Den vorangegangenen Bescheid'
    : `Den Bescheid vom ${longDay(earlier.releasedOn)}, Aktenzeichen ${earlier.fileNumber},`;
}

function text(words: string): NoticeBlock {
  return { kind: 'text', text: words };
}

function plain(heading: string, blocks: readonly NoticeBlock[]): NoticeSection {
  return { heading, blocks, sections: [] };
}

/** Parts numbered 1, 2, 3 in the order they are said. */
function parts(heading: string, titled: readonly Titled[]): NoticeSection {
  const sections = titled.map(([title, blocks], index) => plain(`${String(index + 1)}. ${title}`, blocks));
  return { heading, blocks: [], sections };
}

/** Sections numbered I, II, III; one that has nothing to say is left out. */
function numbered(sections: readonly NoticeSection[]): NoticeSection[] {
  return sections
    .filter(({ blocks, sections: inner }) => blocks.length + inner.length > 0)
    .map((section, index) => ({ ...section, heading: `${ROMAN[index] ?? ''} ${section.heading}` }));
}

const ROMAN = ['I.', 'II.', 'III.', 'IV.', 'V.'];
