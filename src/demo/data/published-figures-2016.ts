import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { CandidateFacts, PublishedFacts } from '../../financing/published-figure.rules.js';

const millions = (hundredths: number): Money => Money.ofCents(hundredths * 1_000_000);
const TENTH_OF_A_MILLION = millions(10);

/** The article names neither day nor publisher; it speaks of 54 centres, so it is from September 2018 or later. */
const DUISBURG = {
  fundingYear: 2016,
  publication:
    'Pressebericht (Kürzel mtm) über den Besuch von Staatssekretärin Güler im Kommunalen Integrationszentrum Duisburg',
  url: null,
  publishedOn: null,
  roundedTo: TENTH_OF_A_MILLION,
} as const;
const COESFELD = {
  fundingYear: 2016,
  publication:
    'Presseinformation 90/2/2016 der Landesregierung: 50. Kommunales Integrationszentrum im Kreis Coesfeld',
  url: null,
  publishedOn: CalendarDate.of(2016, 2, 12),
} as const;

/** What was published about 2016, as it was published. */
export const publishedFigures2016: readonly PublishedFacts[] = [
  { ...DUISBURG, subject: 'ki.total', source: 'all', amount: millions(3940), roundingText: 'rund' },
  { ...DUISBURG, subject: 'ki.total', source: 'municipal', amount: millions(1960), roundingText: null },
  { ...DUISBURG, subject: 'ki.total', source: 'state', amount: millions(1450), roundingText: null },
  { ...DUISBURG, subject: 'ki.total', source: 'third_party', amount: millions(530), roundingText: 'fast' },
  {
    ...COESFELD,
    subject: 'ki.yearly',
    source: 'state',
    amount: millions(1000),
    roundedTo: millions(100),
    roundingText: 'jährlich rund',
  },
  {
    ...COESFELD,
    subject: 'kommAn.total',
    source: 'state',
    amount: millions(1300),
    roundedTo: millions(100),
    roundingText: 'jeweils rund',
  },
  {
    fundingYear: 2016,
    subject: 'kommAn.measures',
    source: 'state',
    amount: millions(705),
    roundedTo: millions(5),
    roundingText: null,
    publication:
      'Presseinformation vom 1. Juli 2016: Kommunale Integrationszentren in den Kreisen Borken und Steinfurt',
    url: null,
    publishedOn: CalendarDate.of(2016, 7, 1),
  },
  {
    fundingYear: 2016,
    subject: 'kommAn.volunteering',
    source: 'state',
    amount: millions(770),
    roundedTo: TENTH_OF_A_MILLION,
    roundingText: null,
    publication: 'Beiträge vom Juni 2016 zum ehrenamtlichen Engagement im Programm KOMM-AN NRW',
    url: null,
    publishedOn: null,
  },
];

/** What might make up the rest of the 14.5 million: its composition was never published, so none of this is claimed. */
export const candidates2016: readonly CandidateFacts[] = [
  {
    fundingYear: 2016,
    textDe: 'Zusätzliche Stellen der Zentren aus KOMM-AN NRW, die der Pressebericht mitgezählt haben kann.',
    textEn: 'Additional posts of the centres from KOMM-AN NRW, which the press report may have counted in.',
    source: 'Presseinformation 90/2/2016: Geld für zusätzliche Personalstellen aus KOMM-AN NRW',
  },
  {
    fundingYear: 2016,
    textDe:
      '54 Zentren zu je 270.000 Euro ergeben 14,58 Millionen Euro; 2016 gab es aber nur 52 Zentren, drei davon nicht das ganze Jahr.',
    textEn:
      '54 centres at 270,000 euros each make 14.58 million euros; but in 2016 there were only 52 centres, three of them for part of the year.',
    source: 'Rechnung aus 170.000 Euro und rund 100.000 Euro je Zentrum (Presseinformation vom 1. Juli 2016)',
  },
  {
    fundingYear: 2016,
    textDe:
      'Andere Anrechnung des Eröffnungsjahres: nach angefangenen Monaten lägen die Landesmittel um rund 48.000 Euro höher.',
    textEn:
      'Another way to count the year of opening: by months begun the state money would be about 48,000 euros higher.',
    source: 'Rechnung; die Regel der Richtlinie von 2012 ist nicht belegt',
  },
  {
    fundingYear: 2016,
    textDe: 'Die Landesweite Koordinierungsstelle, die das Land außerdem fördert.',
    textEn: 'The statewide coordination unit, which the Land also funds.',
    source: 'Presseinformation 90/2/2016',
  },
];
