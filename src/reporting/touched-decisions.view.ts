import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId, DecisionId, GuidelineVersionId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  IdField,
  IntegerField,
  ListField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { stateSources, type StateSource } from '../programmes/funding-facts.rules.js';
import { FoundObjectionView } from './objection.view.js';
import {
  amendmentOutcomes,
  type AmendedSource,
  type AmendmentOutcome,
  type TouchedDecision,
} from './touched-decisions.rules.js';
import type { TouchedDecisions } from './touched-decisions.service.js';

export class AmendedSourceView {
  @ChoiceField({ de: 'Quelle', en: 'Source', of: stateSources, example: 'state_integration' })
  source!: StateSource;
  @CentsField({ de: 'Bewilligt', en: 'Decided', example: 17_000_000 }) decidedCents!: Money;
  @CentsField({ de: 'Nach der Fassung', en: 'By the version', example: 17_600_000 }) dueCents!: Money;
  @CentsField({ de: 'Nötige Änderung', en: 'Amendment needed', signed: true, example: 600_000 })
  differenceCents!: Money;

  static of({ source, decided, due, difference }: AmendedSource): AmendedSourceView {
    return { source, decidedCents: decided, dueCents: due, differenceCents: difference };
  }
}

export class TouchedDecisionView {
  @IdField({ de: 'Bescheid', en: 'Decision' }) decisionId!: DecisionId;
  @TextField({ de: 'Aktenzeichen', en: 'File number', example: '36.02-KI-2016-05558000' })
  fileNumber!: string;
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @DayField({
    de: 'Beginn des Bewilligungszeitraums',
    en: 'First day of the grant period',
    example: '2016-02-12',
  })
  periodFrom!: CalendarDate;
  @IdField({ de: 'Fassung, auf der der Bescheid beruht', en: 'Version the decision rests on' })
  guidelineVersionId!: GuidelineVersionId;
  @DayField({
    de: 'Tag der Abrechnung; danach ändert ihn kein Änderungsbescheid mehr. null, solange offen',
    en: 'Day it was settled; no amendment reaches it after that. null while open',
    nullable: true,
    example: null,
  })
  settledOn!: CalendarDate | null;
  @ChoiceField({
    de: 'Folge für den Empfänger',
    en: 'What it means for the recipient',
    of: amendmentOutcomes,
    example: 'more',
  })
  outcome!: AmendmentOutcome;
  @ListField({
    de: 'Je Quelle; leer, wenn nichts berechnet werden kann',
    en: 'By source; empty where nothing can be computed',
    of: AmendedSourceView,
  })
  sources!: AmendedSourceView[];
  @ListField({
    de: 'Was fehlt oder nicht mehr gefördert würde',
    en: 'What is missing or would no longer be funded',
    of: FoundObjectionView,
  })
  objections!: FoundObjectionView[];

  static of({ grant, periodFrom, outcome, sources, objections }: TouchedDecision): TouchedDecisionView {
    const { id: decisionId, fileNumber, centreId, fundingYear, guidelineVersionId, settledOn } = grant;
    return {
      ...{
        decisionId,
        fileNumber,
        centreId,
        fundingYear,
        periodFrom,
        guidelineVersionId,
        settledOn,
        outcome,
      },
      sources: sources.map((source) => AmendedSourceView.of(source)),
      objections: objections.map((objection) => FoundObjectionView.of(objection)),
    };
  }
}

const COUNT = { example: 1 } as const;

export class TouchedDecisionsView {
  @IdField({ de: 'Fassung der Richtlinie', en: 'Guideline version' }) guidelineId!: GuidelineVersionId;
  @DayField({ de: 'Gilt ab', en: 'Valid from', example: '2016-01-01' }) validFrom!: CalendarDate;
  @IntegerField({ de: 'Bescheide zugunsten zu ändern', en: 'Decisions to amend upwards', ...COUNT })
  more!: number;
  @IntegerField({ de: 'Bescheide zulasten zu ändern', en: 'Decisions to amend downwards', ...COUNT })
  less!: number;
  @IntegerField({ de: 'Unverändert', en: 'Unchanged', ...COUNT }) unchanged!: number;
  @IntegerField({ de: 'Nicht zu berechnen', en: 'Not computable', ...COUNT }) notComputable!: number;
  @CentsField({
    de: 'Summe der Änderungen in Geld (Integrationsministerium)',
    en: 'Sum of the amendments in money (integration ministry)',
    signed: true,
    example: 600_000,
  })
  differenceCents!: Money;
  @ListField({
    de: 'Berührte Bescheide nach Aktenzeichen',
    en: 'Touched decisions by file number',
    of: TouchedDecisionView,
    max: 10_000,
  })
  items!: TouchedDecisionView[];

  static of({ version, touched }: TouchedDecisions): TouchedDecisionsView {
    const count = (outcome: AmendmentOutcome) => touched.filter((one) => one.outcome === outcome).length;
    const money = touched.flatMap(({ sources }) =>
      sources.filter(({ source }) => source === 'state_integration'),
    );
    return {
      ...{ guidelineId: version.id, validFrom: version.validFrom },
      ...{ more: count('more'), less: count('less'), unchanged: count('unchanged') },
      notComputable: count('not_computable'),
      differenceCents: Money.sum(money.map(({ difference }) => difference)),
      items: touched.map((one) => TouchedDecisionView.of(one)),
    };
  }
}
