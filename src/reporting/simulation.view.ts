import type { CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  IdField,
  IntegerField,
  ListField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import {
  hostTypes,
  programmeCodes,
  type HostType,
  type ProgrammeCode,
} from '../programmes/guideline.rules.js';
import { FoundObjectionView } from './objection.view.js';
import { assumptionsOf } from './simulation-assumptions.rules.js';
import {
  postOrigins,
  simulationOutcomes,
  type CentreYear,
  type Given,
  type Obstacle,
  type PostOrigin,
  type SimulatedResult,
  type SimulationOutcome,
  type YearTotal,
} from './simulation.rules.js';
import type { SimulationAnswer } from './simulation.service.js';

const MAYBE = { nullable: true, example: 17_000_000 } as const;
const NOW = {
  de: 'Nach geltender Fassung, Geld; null, wenn nicht zu berechnen',
  en: 'By the version in force, money; null where it cannot be computed',
  ...MAYBE,
};
const THEN = {
  de: 'Nach der simulierten Fassung, Geld; null, wenn nicht zu berechnen',
  en: 'By the simulated version, money; null where it cannot be computed',
  ...MAYBE,
};
const DIFFERENCE = {
  de: 'Unterschied',
  en: 'Difference',
  signed: true,
  nullable: true,
  example: 600_000,
} as const;

class BothSides {
  @CentsField(NOW) inForceCents!: Money | null;
  @CentsField(THEN) simulatedCents!: Money | null;
  @CentsField(DIFFERENCE) differenceCents!: Money | null;
  @CentsField({
    de: 'Abgeordnete Lehrkräfte nach geltender Fassung',
    en: 'Seconded teachers by the version in force',
    ...MAYBE,
  })
  inForceInKindCents!: Money | null;
  @CentsField({
    de: 'Abgeordnete Lehrkräfte nach der simulierten Fassung',
    en: 'Seconded teachers by the simulated version',
    ...MAYBE,
  })
  simulatedInKindCents!: Money | null;
}

type Sides = { readonly [K in keyof BothSides]: BothSides[K] };

function sides({ now, then }: { now: Given | null; then: Given | null }): Sides {
  return {
    ...{ inForceCents: now?.money ?? null, simulatedCents: then?.money ?? null },
    differenceCents: now === null || then === null ? null : then.money.minus(now.money),
    ...{ inForceInKindCents: now?.inKind ?? null, simulatedInKindCents: then?.inKind ?? null },
  };
}

export class SimulatedYearView extends BothSides {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @IntegerField({ de: 'Zentren', en: 'Centres', example: 52 }) centres!: number;
  @CentsField({
    de: 'Ansatz der Haushaltsstellen; null, wenn keiner beschlossen ist',
    en: 'Appropriated on the lines; null where none has been',
    ...MAYBE,
  })
  appropriatedCents!: Money | null;
  @CentsField({
    de: 'Dem Programm zugewiesen; null, wenn noch nichts',
    en: 'Allotted to the programme; null where nothing yet',
    ...MAYBE,
  })
  allottedCents!: Money | null;
  @CentsField({
    de: 'Ansatz abzüglich der simulierten Summe; negativ: er reicht nicht',
    en: 'Appropriation less the simulated sum; negative: it does not suffice',
    signed: true,
    nullable: true,
    example: 600_000,
  })
  headroomCents!: Money | null;

  static of({ fundingYear, centres, now, then, budget }: YearTotal): SimulatedYearView {
    const { appropriated, allotted } = budget;
    return {
      ...{ fundingYear, centres, appropriatedCents: appropriated, allottedCents: allotted },
      ...sides({ now, then }),
      headroomCents: appropriated === null || then === null ? null : appropriated.minus(then.money),
    };
  }
}

export class SimulatedCentreYearView extends BothSides {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @ChoiceField({
    de: 'Woher die Stellen stammen: Stellenplan, Bewilligung des Jahres, frühere Bewilligung, Richtlinie',
    en: 'Where the posts come from: establishment, grant of the year, earlier grant, guideline',
    of: postOrigins,
    example: 'granted',
  })
  postsFrom!: PostOrigin;

  static of({ fundingYear, origin, now, then }: CentreYear): SimulatedCentreYearView {
    return { fundingYear, postsFrom: origin, ...sides({ now, then }) };
  }
}

export class SimulatedCentreView {
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @TextField({ de: 'Amtlicher Gemeindeschlüssel', en: 'Municipality key', example: '05558000' }) ags!: string;
  @TextField({ de: 'Name des Zentrums', en: 'Name of the centre', example: 'Kreis Coesfeld' }) name!: string;
  @ChoiceField({ de: 'Kreis oder Stadt', en: 'Kreis or city', of: hostTypes, example: 'kreis' })
  hostType!: HostType;
  @ChoiceField({
    de: 'Folge über alle Jahre',
    en: 'Outcome over all years',
    of: simulationOutcomes,
    example: 'winner',
  })
  outcome!: SimulationOutcome;
  @CentsField({
    ...DIFFERENCE,
    de: 'Unterschied über alle berechenbaren Jahre',
    en: 'Difference over all computable years',
  })
  differenceCents!: Money | null;
  @ListField({ de: 'Jahr für Jahr', en: 'Year by year', of: SimulatedCentreYearView })
  years!: SimulatedCentreYearView[];

  static of({ centre, outcome, years }: SimulatedResult): SimulatedCentreView {
    const { id: centreId, ags, name, hostType } = centre;
    const differences = years.flatMap(({ difference }) => difference ?? []);
    return {
      ...{ centreId, ags, name, hostType, outcome },
      differenceCents: differences.length === 0 ? null : Money.sum(differences),
      years: years.map((year) => SimulatedCentreYearView.of(year)),
    };
  }
}

export class ObstacleView extends FoundObjectionView {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2025 }) fundingYear!: number;
  @ChoiceField({ de: 'Welche Seite', en: 'Which side', of: ['in_force', 'simulated'], example: 'in_force' })
  side!: 'in_force' | 'simulated';

  static ofObstacle({ fundingYear, side, violation }: Obstacle): ObstacleView {
    const { code, basis, detail } = violation;
    return {
      ...{ fundingYear, side: side === 'now' ? 'in_force' : 'simulated' },
      ...{ code, basis, detailDe: detail.de, detailEn: detail.en },
    };
  }
}

export class AssumptionView {
  @TextField({
    de: 'Annahme, deutsch',
    en: 'Assumption in German',
    max: 1000,
    example: 'Alle Stellen sind besetzt.',
  })
  textDe!: string;
  @TextField({
    de: 'Annahme, englisch',
    en: 'Assumption in English',
    max: 1000,
    example: 'All posts are filled.',
  })
  textEn!: string;
}

const COUNT = { example: 1 } as const;

export class SimulationView {
  @ChoiceField({ de: 'Programm', en: 'Programme', of: programmeCodes, example: 'KI' })
  programme!: ProgrammeCode;
  @TextField({ de: 'Simulierte Fassung', en: 'Version simulated', example: 'Fassung 2017' }) title!: string;
  @IntegerField({ de: 'Zentren, die mehr erhielten', en: 'Centres that would get more', ...COUNT })
  winners!: number;
  @IntegerField({ de: 'Zentren, die weniger erhielten', en: 'Centres that would get less', ...COUNT })
  losers!: number;
  @IntegerField({ de: 'Unverändert', en: 'Unchanged', ...COUNT }) unchanged!: number;
  @IntegerField({ de: 'Nicht zu berechnen', en: 'Not computable', ...COUNT }) notComputable!: number;
  @ListField({ de: 'Summen je Jahr', en: 'Totals by year', of: SimulatedYearView })
  years!: SimulatedYearView[];
  @ListField({ de: 'Je Zentrum', en: 'By centre', of: SimulatedCentreView }) centres!: SimulatedCentreView[];
  @ListField({
    de: 'Was eine Berechnung verhinderte',
    en: 'What kept something from being computed',
    of: ObstacleView,
  })
  obstacles!: ObstacleView[];
  @ListField({ de: 'Annahmen dieser Rechnung', en: 'Assumptions of this reckoning', of: AssumptionView })
  assumptions!: AssumptionView[];

  static of(answer: SimulationAnswer): SimulationView {
    const { version, results, totals, obstacles } = answer;
    const count = (outcome: SimulationOutcome) => results.filter((one) => one.outcome === outcome).length;
    return {
      ...{ programme: version.programme, title: version.title },
      ...{ winners: count('winner'), losers: count('loser'), unchanged: count('unchanged') },
      notComputable: count('not_computable'),
      years: totals.map((year) => SimulatedYearView.of(year)),
      centres: results.map((result) => SimulatedCentreView.of(result)),
      obstacles: obstacles.map((obstacle) => ObstacleView.ofObstacle(obstacle)),
      assumptions: assumptionsOf(answer).map(({ de, en }) => ({ textDe: de, textEn: en })),
    };
  }
}
