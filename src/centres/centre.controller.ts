import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { BankAccountId, CentreId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { PageQuery, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import { WithdrawDto, WITHDRAWAL_NOTE } from '../platform/http/withdrawal.js';
import type { Answer, Presented } from '../platform/invocation.js';
import type { BankAccount } from './bank-account.entity.js';
import { BankAccountService } from './bank-account.service.js';
import { AssumeOpeningDto, CentreQuery, CreateCentreDto, ProposeAccountDto } from './centre.dto.js';
import type { Centre } from './centre.entity.js';
import { CentreService } from './centre.service.js';
import { BankAccountView, CentrePageView, CentreView } from './centre.view.js';

@Controller('centres')
export class CentreController {
  constructor(
    private readonly centres: CentreService,
    private readonly accounts: BankAccountService,
  ) {}

  @Post()
  @Operation({
    id: 'centre.create',
    de: 'Zentrum und seinen Zuwendungsempfänger anlegen',
    en: 'Create a centre and its grant recipient',
    basis: '§ 8 TIntG NRW',
    answers: CentreView,
    status: 201,
    errors: ['rule-violated', 'duplicate'],
    creates: true,
  })
  create(@Invoke() invoke: Invoke, @Body() body: CreateCentreDto): Promise<Answer> {
    const present = (centre: Centre): Presented => ({
      ...{ status: 201, body: CentreView.of(centre), version: centre.version },
      location: `/api/v1/centres/${centre.id}`,
    });
    return this.centres.create(invoke.presenting(present), body);
  }

  @Get()
  @Operation({
    id: 'centre.list',
    de: 'An einem Tag offene Zentren auflisten',
    en: 'List the centres open on a day',
    detail: {
      de: 'Von den meisten Zentren ist nur bekannt, seit wann sie spätestens offen sind. `openingUnknown` zählt, wie viele der Liste deshalb fehlen können.',
      en: 'Of most centres only a day by which they were open is known. `openingUnknown` counts how many the list may lack for that reason.',
    },
    answers: CentrePageView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: CentreQuery): Promise<CentrePageView> {
    return CentrePageView.of(await this.centres.list(invoke.actor, query));
  }

  @Get(':id')
  @Operation({
    id: 'centre.read',
    de: 'Zentrum lesen',
    en: 'Read a centre',
    answers: CentreView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: CentreId): Promise<CentreView> {
    return CentreView.of(await this.centres.read(invoke.actor, id));
  }

  @Post(':id/assume-opening')
  @Operation({
    id: 'centre.assumeOpening',
    de: 'Ein Zentrum für die Förderung früher als offen annehmen, als es nachweislich war',
    en: 'Assume a centre to be open for funding earlier than it is known to have been',
    basis: '§ 8 TIntG NRW',
    detail: {
      de: 'Gefördert wird ab dem Eröffnungstag; ist er unbekannt, ab dem Tag, an dem das Zentrum nachweislich offen war. Die Annahme steht beim Zentrum und in jeder Rechnung, die auf ihr beruht.',
      en: 'A centre is funded from its opening day; where that is unknown, from the day by which it is known to be open. The assumption stands with the centre and in every reckoning that rests on it.',
    },
    answers: CentreView,
    status: 200,
    errors: ['not-found', 'rule-violated'],
    ifMatch: true,
  })
  assumeOpening(
    @Invoke() invoke: Invoke,
    @Path('id') id: CentreId,
    @Body() body: AssumeOpeningDto,
  ): Promise<Answer> {
    const present = (centre: Centre): Presented => ({
      ...{ status: 200, body: CentreView.of(centre), version: centre.version },
    });
    return this.centres.assumeOpening(invoke.presenting(present), id, body);
  }

  @Post(':id/bank-accounts')
  @Operation({
    id: 'recipient.proposeAccount',
    de: 'Bankverbindung eintragen; sie gilt erst nach Bestätigung durch eine andere Person',
    en: 'Propose a bank account; it counts only when another person has confirmed it',
    basis: 'VV zu § 70 LHO NRW',
    answers: BankAccountView,
    status: 201,
    errors: ['not-found', 'rule-violated'],
    creates: true,
  })
  propose(
    @Invoke() invoke: Invoke,
    @Path('id') centreId: CentreId,
    @Body() body: ProposeAccountDto,
  ): Promise<Answer> {
    const present = (account: BankAccount): Presented => ({
      ...presented(account, 201),
      location: `/api/v1/bank-accounts/${account.id}`,
    });
    return this.accounts.propose(invoke.presenting(present), {
      centreId,
      iban: body.iban,
      holder: body.holder,
    });
  }

  @Get(':id/bank-accounts')
  @Operation({
    id: 'recipient.listAccounts',
    de: 'Bankverbindungen eines Zentrums auflisten, auch abgelöste und zurückgezogene',
    en: 'List the bank accounts of a centre, replaced and withdrawn ones included',
    answersPage: BankAccountView,
    errors: ['not-found'],
  })
  async listAccounts(
    @Invoke() invoke: Invoke,
    @Path('id') centreId: CentreId,
    @Query() query: PageQuery,
  ): Promise<Page<BankAccountView>> {
    const { items, nextCursor } = await this.accounts.list(invoke.actor, centreId, query);
    return { items: items.map((account) => BankAccountView.of(account)), nextCursor };
  }
}

@Controller('bank-accounts')
export class BankAccountController {
  constructor(private readonly accounts: BankAccountService) {}

  @Get(':id')
  @Operation({
    id: 'recipient.readAccount',
    de: 'Bankverbindung lesen',
    en: 'Read a bank account',
    answers: BankAccountView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: BankAccountId): Promise<BankAccountView> {
    return BankAccountView.of(await this.accounts.read(invoke.actor, id));
  }

  @Post(':id/confirm')
  @Operation({
    id: 'recipient.confirmAccount',
    de: 'Bankverbindung als andere Person bestätigen; die bisherige wird abgelöst',
    en: 'Confirm a bank account as another person; the one before is replaced',
    basis: 'VV zu § 70 LHO NRW',
    answers: BankAccountView,
    status: 200,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
    ifMatch: true,
  })
  confirm(@Invoke() invoke: Invoke, @Path('id') id: BankAccountId): Promise<Answer> {
    return this.accounts.confirm(
      invoke.presenting((account) => presented(account, 200)),
      id,
    );
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'recipient.withdrawAccount',
    de: 'Eingetragene, noch nicht bestätigte Bankverbindung zurückziehen',
    en: 'Withdraw a proposed bank account before it is confirmed',
    basis: 'VV zu § 70 LHO NRW',
    detail: WITHDRAWAL_NOTE,
    answers: BankAccountView,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  withdraw(
    @Invoke() invoke: Invoke,
    @Path('id') id: BankAccountId,
    @Body() { reason }: WithdrawDto,
  ): Promise<Answer> {
    return this.accounts.withdraw(
      invoke.presenting((account) => presented(account, 200)),
      id,
      reason,
    );
  }
}

function presented(account: BankAccount, status: number): Presented {
  return { status, body: BankAccountView.of(account), version: account.version };
}
