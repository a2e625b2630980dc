import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { AllocationId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import { WithdrawDto, WITHDRAWAL_NOTE } from '../platform/http/withdrawal.js';
import type { Answer } from '../platform/invocation.js';
import { AllocationService } from './allocation.service.js';
import { DistributionKeyDto, ProposalQuery, ProposeAllocationDto } from './budget.dto.js';
import { AllocationView } from './budget.view.js';

@Controller('budget/allocations')
export class AllocationController {
  constructor(private readonly allocations: AllocationService) {}

  @Post()
  @Operation({
    id: 'allocation.propose',
    de: 'Mittelzuweisung oder Kontingent eintragen, oder Rücknahme davon',
    en: 'Propose an allotment or a quota, or taking back of either',
    basis: '§ 9 LHO NRW',
    answers: AllocationView,
    creates: true,
    key: 'required',
    errors: ['rule-violated', 'duplicate', 'not-found', 'state-conflict'],
  })
  propose(@Invoke() invoke: Invoke, @Body() body: ProposeAllocationDto): Promise<Answer> {
    const { key, ...rest } = body;
    return this.allocations.propose(
      invoke.presenting((row) => ({ status: 201, body: AllocationView.of(row), version: row.version })),
      { ...rest, key: key === null ? null : DistributionKeyDto.keyOf(key) },
    );
  }

  @Post(':id/release')
  @Operation({
    id: 'allocation.release',
    de: 'Mittelzuweisung oder Kontingent freigeben (zweite Person)',
    en: 'Release an allotment or a quota (second person)',
    basis: 'VV zu § 70 LHO NRW',
    answers: AllocationView,
    ifMatch: true,
    key: 'required',
    errors: ['rule-violated', 'state-conflict', 'budget-exhausted'],
  })
  release(@Invoke() invoke: Invoke, @Path('id') id: AllocationId): Promise<Answer> {
    return this.allocations.release(
      invoke.presenting((row) => ({ status: 200, body: AllocationView.of(row), version: row.version })),
      id,
    );
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'allocation.withdraw',
    de: 'Eingetragene, noch nicht freigegebene Mittelzuweisung, Kontingent oder Rücknahme zurückziehen',
    en: 'Withdraw a proposed allotment, quota or taking back before its release',
    basis: 'VV zu § 70 LHO NRW',
    detail: WITHDRAWAL_NOTE,
    answers: AllocationView,
    ifMatch: true,
    key: 'required',
    errors: ['rule-violated', 'state-conflict'],
  })
  withdraw(
    @Invoke() invoke: Invoke,
    @Path('id') id: AllocationId,
    @Body() { reason }: WithdrawDto,
  ): Promise<Answer> {
    return this.allocations.withdraw(
      invoke.presenting((row) => ({ status: 200, body: AllocationView.of(row), version: row.version })),
      id,
      reason,
    );
  }

  @Get()
  @Operation({
    id: 'allocation.list',
    de: 'Mittelzuweisungen und Kontingente auflisten',
    en: 'List allotments and quotas',
    answersPage: AllocationView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: ProposalQuery): Promise<Page<AllocationView>> {
    const { limit, cursor, fundingYear, state } = query;
    const slice = { after: keyOf(cursor, ['id']), limit };
    const rows = await this.allocations.list(invoke.actor, { fundingYear, state }, slice);
    const page = pageOf(rows, limit, (row) => [row.id]);
    return { items: page.items.map((row) => AllocationView.of(row)), nextCursor: page.nextCursor };
  }
}
