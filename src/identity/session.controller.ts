import { Body, Controller, Get, Header, Post, Req, UseGuards } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Answer } from '../platform/invocation.js';
import { RefreshDto, SignInDto } from './session.dto.js';
import { SessionService, signInFailed, type Tokens } from './session.service.js';
import { MeView, TokensView } from './session.view.js';
import { SignInGuard, type SignInRequest } from './sign-in.guard.js';

const presented = (tokens: Tokens) => ({ status: 201, body: TokensView.of(tokens) });

@Controller('sessions')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post()
  @UseGuards(SignInGuard)
  @Header('Cache-Control', 'no-store')
  @Operation({
    id: 'session.create',
    de: 'Anmelden',
    en: 'Sign in',
    detail: {
      de: 'Fünf falsche Kennwörter in Folge sperren das Konto für 15 Minuten; die Antwort verrät es nicht.',
      en: 'Five wrong passwords in a row lock the account for 15 minutes; the answer does not tell.',
    },
    answers: TokensView,
    status: 201,
    errors: ['unauthenticated', 'forbidden', 'rule-violated'],
    creates: true,
    key: 'none',
    dryRun: false,
    open: true,
  })
  create(@Invoke() invoke: Invoke, @Body() body: SignInDto, @Req() request: SignInRequest): Promise<Answer> {
    if (request.attempt === undefined || request.attempt === null) throw signInFailed();
    return this.sessions.create(invoke.presenting(presented), request.attempt, body);
  }

  @Post('refresh')
  @Header('Cache-Control', 'no-store')
  @Operation({
    id: 'session.refresh',
    de: 'Sitzung verlängern',
    en: 'Refresh a session',
    detail: {
      de: 'Jeder Erneuerungsschlüssel gilt einmal; wird er zweimal vorgelegt, endet die ganze Sitzung.',
      en: 'Each refresh token works once; presented twice, the whole session ends.',
    },
    answers: TokensView,
    status: 201,
    errors: ['unauthenticated', 'session-ended'],
    creates: true,
    key: 'none',
    dryRun: false,
    open: true,
  })
  refresh(@Invoke() invoke: Invoke, @Body() body: RefreshDto): Promise<Answer> {
    return this.sessions.refresh(invoke.presenting(presented), body.refreshToken);
  }

  @Post('end')
  @Operation({ id: 'session.end', de: 'Abmelden', en: 'Sign out', status: 204, key: 'none', dryRun: false })
  end(@Invoke() invoke: Invoke): Promise<Answer> {
    return this.sessions.end(invoke.presenting(() => ({ status: 204, body: null })));
  }
}

@Controller('me')
export class MeController {
  constructor(private readonly sessions: SessionService) {}

  @Get()
  @Operation({ id: 'me.read', de: 'Wer bin ich?', en: 'Who am I?', answers: MeView })
  async read(@Invoke() invoke: Invoke): Promise<MeView> {
    return MeView.of(invoke.actor, await this.sessions.self(invoke.actor));
  }
}
