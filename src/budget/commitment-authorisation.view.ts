import type { BudgetLineId, CommitmentAuthorisationId, PersonId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  IdField,
  IntegerField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { withdrawalOf, WithdrawalView } from '../platform/http/withdrawal.js';
import { confidences, proposalStates, type ProposalState } from './budget.rules.js';
import type { CommitmentAuthorisation } from './commitment-authorisation.entity.js';

export class CommitmentAuthorisationView extends WithdrawalView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: CommitmentAuthorisationId;
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @TextField({ de: 'Programm', en: 'Programme', example: 'KI' }) programme!: string;
  @YearField({ de: 'Haushaltsjahr der Ausbringung', en: 'Issue year', example: 2016 }) issueYear!: number;
  @YearField({ de: 'Haushaltsjahr der Fälligkeit', en: 'Year the money is due', example: 2017 })
  dueYear!: number;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 100_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', example: 'Bewilligungen für 2017' }) reason!: string;
  @TextField({ de: 'Fundstelle', en: 'Source', example: 'Haushaltsgesetz 2016, Einzelplan 11' })
  source!: string;
  @ChoiceField({
    de: 'Wie sicher die Angabe ist',
    en: 'How sure the figure is',
    of: confidences,
    example: 'assumed',
  })
  confidence!: string;
  @ChoiceField({ de: 'Stand', en: 'State', of: proposalStates, example: 'released' }) state!: ProposalState;
  @IdField({ de: 'Eingetragen von (Person)', en: 'Person who proposed' }) proposedBy!: PersonId;
  @IdField({ de: 'Freigegeben von (Person)', en: 'Person who released', nullable: true })
  releasedBy!: PersonId | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 2 }) version!: number;

  static of(row: CommitmentAuthorisation): CommitmentAuthorisationView {
    const { id, lineId, programme, issueYear, dueYear, amount: amountCents, reason } = row;
    const { source, confidence, state, proposedBy, releasedBy, version } = row;
    return {
      ...{ id, lineId, programme, issueYear, dueYear, amountCents, reason },
      ...{ source, confidence, state, proposedBy, releasedBy, version },
      ...withdrawalOf(row),
    };
  }
}
