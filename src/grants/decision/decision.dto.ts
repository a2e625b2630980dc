import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, BudgetLineId, CaseId, CentreId } from '../../kernel/ids.js';
import { statesOf } from '../../kernel/lifecycle.js';
import {
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/page.js';
import { decisionLifecycle, type DecisionState } from '../lifecycle.rules.js';
import { anyKinds, type AnyKind } from './act-kinds.rules.js';
import { decisionKinds, type DecisionKind } from './decision.rules.js';
import { notificationModes, type NotificationMode } from './finality.rules.js';
import { ChosenProvisionDto, FurtherProvisionDto } from './provision.dto.js';

const LINES = {
  de: 'Haushaltsstelle je Haushaltsjahr; wo keine genannt ist, diejenige, die das Programm in dem Jahr finanziert',
  en: 'Budget line by funding year; where none is named, the one that funds the programme in that year',
  source: '§ 9 LHO NRW',
  max: 5,
  optional: true,
  nullable: true,
  example: null,
} as const;

export class GrantedPostDto {
  @IntegerField({ de: 'Stelle des Antrags', en: 'Post of the application', min: 1, max: 999, example: 1 })
  position!: number;
  @IntegerField({
    de: 'Bewilligter Umfang in Hundertsteln einer Vollzeitstelle',
    en: 'Hundredths of a full-time equivalent granted',
    min: 1,
    max: 10_000,
    example: 200,
  })
  fteHundredths!: number;
  @DayField({ de: 'Bewilligt ab', en: 'Granted from', example: '2016-01-01' }) occupiedFrom!: CalendarDate;
  @DayField({
    de: 'Erster Tag, für den nicht mehr bewilligt wird',
    en: 'First day no longer granted',
    example: '2017-01-01',
  })
  occupiedTo!: CalendarDate;
}

/** The budget line a year is booked on. */
export class ChosenLineDto {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
}

/** What a draft may say beyond its kind, new or edited. */
class WordingDto {
  @ListField({ ...LINES, of: ChosenLineDto }) lines: ChosenLineDto[] | null = null;
  @TextField({
    de: 'Durch wen und womit auf den Abdruck an den Landesrechnungshof verzichtet ist',
    en: 'By whom, and by what, the copy to the court of audit was waived',
    max: 1000,
    optional: true,
    nullable: true,
    example: null,
  })
  copyWaiver: string | null = null;
  @ObjectField({
    de: 'Weitere Nebenbestimmung, die in keinem Katalog steht',
    en: 'Further ancillary provision that stands in no catalogue',
    of: FurtherProvisionDto,
    optional: true,
    nullable: true,
    example: null,
  })
  furtherProvision: FurtherProvisionDto | null = null;
}

export class DraftDecisionDto extends WordingDto {
  @IdField({ de: 'Antrag', en: 'Application' }) applicationId!: ApplicationId;
  @ChoiceField({
    de: 'Bewilligung, Teilbewilligung oder Ablehnung',
    en: 'Grant, partial grant or refusal',
    of: decisionKinds,
    example: 'grant',
  })
  kind!: DecisionKind;
  @TextField({
    de: 'Aktenzeichen; im Programm und Jahr nur einmal',
    en: 'File number; once in a programme and year',
    max: 60,
    example: 'AZ-2016-0001',
  })
  fileNumber!: string;
  @TextField({
    de: 'Begründung; Pflicht, wo nicht alles bewilligt wird',
    en: 'Reasons; required where not everything is granted',
    source: '§ 39 VwVfG NRW',
    max: 8000,
    multiline: true,
    optional: true,
    nullable: true,
    example: null,
  })
  reasons: string | null = null;
  @FlagField({
    de: 'Der Bescheid enthält eine Rechtsbehelfsbelehrung; ohne sie dauert die Klagefrist ein Jahr',
    en: 'The notice tells of the remedy; without it the time to bring action is a year',
    source: '§ 58 VwGO',
  })
  remedyInformation!: boolean;
  @ListField({
    de: 'Bewilligte Stellen, nur bei einer Teilbewilligung',
    en: 'Posts granted, for a partial grant only',
    of: GrantedPostDto,
    max: 100,
    optional: true,
    nullable: true,
    example: null,
  })
  posts: GrantedPostDto[] | null = null;
  @ListField({
    de: 'Besondere Nebenbestimmungen aus dem Katalog der Richtlinie; die allgemeinen gelten immer',
    en: 'Special ancillary provisions from the catalogue of the guideline; the general ones always apply',
    source: '§ 36 VwVfG NRW',
    of: ChosenProvisionDto,
    max: 50,
    optional: true,
    nullable: true,
    example: null,
  })
  provisions: ChosenProvisionDto[] | null = null;
}

/** What is left out stays as it is; the decision is reckoned again in any case. */
export class EditDecisionDto extends WordingDto {
  @ChoiceField({
    de: 'Bewilligung, Teilbewilligung oder Ablehnung',
    en: 'Grant, partial grant or refusal',
    of: decisionKinds,
    optional: true,
    example: 'grant',
  })
  kind: DecisionKind | null = null;
  @TextField({
    de: 'Aktenzeichen; im Programm und Jahr nur einmal',
    en: 'File number; once in a programme and year',
    max: 60,
    optional: true,
    example: 'AZ-2016-0002',
  })
  fileNumber: string | null = null;
  @TextField({
    de: 'Begründung; Pflicht, wo nicht alles bewilligt wird',
    en: 'Reasons; required where not everything is granted',
    source: '§ 39 VwVfG NRW',
    max: 8000,
    multiline: true,
    optional: true,
    example: 'Die beantragten Stellen entsprechen der Richtlinie.',
  })
  reasons: string | null = null;
  @FlagField({
    de: 'Der Bescheid enthält eine Rechtsbehelfsbelehrung; ohne sie dauert die Klagefrist ein Jahr',
    en: 'The notice tells of the remedy; without it the time to bring action is a year',
    source: '§ 58 VwGO',
    optional: true,
  })
  remedyInformation: boolean | null = null;
  @ListField({
    de: 'Bewilligte Stellen, nur bei einer Teilbewilligung; ersetzt die bisherigen',
    en: 'Posts granted, for a partial grant only; replaces the former ones',
    of: GrantedPostDto,
    max: 100,
    optional: true,
    nullable: true,
    example: null,
  })
  posts: GrantedPostDto[] | null = null;
  @ListField({
    de: 'Besondere Nebenbestimmungen aus dem Katalog der Richtlinie; die allgemeinen gelten immer; ersetzt die bisherigen',
    en: 'Special ancillary provisions from the catalogue of the guideline; the general ones always apply; replaces the former ones',
    source: '§ 36 VwVfG NRW',
    of: ChosenProvisionDto,
    max: 50,
    optional: true,
    nullable: true,
    example: null,
  })
  provisions: ChosenProvisionDto[] | null = null;
}

export class DiscardDecisionDto {
  @TextField({
    de: 'Warum der Entwurf verworfen wird',
    en: 'Why the draft is discarded',
    max: 2000,
    multiline: true,
    example: 'Die Begründung trägt die Kürzung nicht.',
  })
  reason!: string;
}

export class NotifyDecisionDto {
  @ChoiceField({
    de: 'Art der Bekanntgabe',
    en: 'Mode of notification',
    of: notificationModes,
    example: 'post',
  })
  mode!: NotificationMode;
  @DayField({
    de: 'Tag der Übergabe, der Aufgabe zur Post, der Absendung, des Abrufs oder der Zustellung',
    en: 'Day of handover, posting, sending, retrieval or service',
    source: '§ 41 VwVfG NRW',
    example: '2016-02-12',
  })
  on!: CalendarDate;
  @FlagField({
    de: 'Was die Kommune nach der Freigabe in der Anhörung geäußert hat, ist gewürdigt und ändert nichts; Pflicht, wo sie das tat',
    en: 'What the municipality answered in the hearing after the release is weighed and changes nothing; required where it did',
    source: '§ 28 Abs. 1 VwVfG NRW',
    optional: true,
    example: false,
  })
  answerWeighed: boolean | null = null;
}

export class DecisionQuery extends PageQuery {
  @IdField({ de: 'Fall', en: 'Case', optional: true }) caseId: CaseId | null = null;
  @IdField({ de: 'Zentrum', en: 'Centre', optional: true }) centreId: CentreId | null = null;
  @YearField({
    de: 'Haushaltsjahr, für das der Bescheid etwas bewilligt',
    en: 'Funding year for which the decision grants something',
    ...{ example: 2016, optional: true, fromText: true },
  })
  fundingYear: number | null = null;
  @ChoiceField({ de: 'Art', en: 'Kind', of: anyKinds, optional: true, example: 'grant' })
  kind: AnyKind | null = null;
  @ChoiceField({
    de: 'Stand',
    en: 'State',
    of: statesOf(decisionLifecycle),
    optional: true,
    example: 'notified',
  })
  state: DecisionState | null = null;
  @FlagField({
    de: 'Mit Abdruck an den Landesrechnungshof, oder ohne',
    en: 'Copied to the court of audit, or not',
    ...{ optional: true, fromText: true, example: true },
  })
  copyToCourtOfAudit: boolean | null = null;
}
