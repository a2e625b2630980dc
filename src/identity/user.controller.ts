import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { RoleGrantId, UserId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { PageQuery, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import type { Answer, Presented } from '../platform/invocation.js';
import { PasswordService } from './password.service.js';
import { RoleService } from './role.service.js';
import { CreatePersonDto, CreateUserDto, GrantRoleDto } from './user.dto.js';
import type { Person, RoleGrant, UserWithRoles } from './user.entity.js';
import { UserService } from './user.service.js';
import { PersonView, RoleGrantView, UserView } from './user.view.js';

@Controller('persons')
export class PersonController {
  constructor(private readonly users: UserService) {}

  @Post()
  @Operation({
    id: 'person.create',
    de: 'Person anlegen',
    en: 'Create a person',
    answers: PersonView,
    status: 201,
    creates: true,
    key: 'none', // what is answered here is personal, and is not kept
  })
  create(@Invoke() invoke: Invoke, @Body() body: CreatePersonDto): Promise<Answer> {
    const present = (person: Person): Presented => ({
      status: 201,
      body: PersonView.of(person),
      version: person.version,
    });
    return this.users.createPerson(invoke.presenting(present), body);
  }
}

@Controller('users')
export class UserController {
  constructor(
    private readonly users: UserService,
    private readonly roles: RoleService,
    private readonly passwords: PasswordService,
  ) {}

  @Post()
  @Operation({
    id: 'user.create',
    de: 'Konto einer Person anlegen',
    en: 'Create an account for a person',
    answers: UserView,
    status: 201,
    errors: ['rule-violated', 'duplicate'],
    creates: true,
    key: 'none', // what is answered here is personal, and is not kept
  })
  async create(
    @Invoke() invoke: Invoke,
    @Body() { personId, username, password }: CreateUserDto,
  ): Promise<Answer> {
    const passwordHash = await this.passwords.hash(password);
    const present = (user: UserWithRoles): Presented => ({
      ...presented(user, 201),
      location: `/api/v1/users/${user.account.id}`,
    });
    return this.users.create(invoke.presenting(present), { personId, username, passwordHash });
  }

  @Get()
  @Operation({ id: 'user.list', de: 'Konten auflisten', en: 'List accounts', answersPage: UserView })
  async list(@Invoke() invoke: Invoke, @Query() query: PageQuery): Promise<Page<UserView>> {
    const { items, nextCursor } = await this.users.list(invoke, query);
    return { items: items.map((user) => UserView.of(user)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'user.read',
    de: 'Konto lesen',
    en: 'Read an account',
    answers: UserView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: UserId): Promise<UserView> {
    return UserView.of(await this.users.read(invoke, id));
  }

  @Post(':id/disable')
  @Operation({
    id: 'user.disable',
    de: 'Konto sperren; wirkt mit der nächsten Anfrage',
    en: 'Disable an account; takes effect with the next request',
    answers: UserView,
    status: 200,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
    ifMatch: true,
    key: 'none', // what is answered here is personal, and is not kept
  })
  disable(@Invoke() invoke: Invoke, @Path('id') id: UserId): Promise<Answer> {
    return this.users.disable(
      invoke.presenting((user) => presented(user, 200)),
      id,
    );
  }

  @Post(':id/roles')
  @Operation({
    id: 'user.grantRole',
    de: 'Rolle vergeben; wirkt erst nach Bestätigung durch eine andere Person',
    en: 'Grant a role; effective only after another person confirmed it',
    answers: RoleGrantView,
    status: 201,
    errors: ['not-found', 'rule-violated', 'duplicate', 'state-conflict'],
    creates: true,
  })
  grantRole(@Invoke() invoke: Invoke, @Path('id') id: UserId, @Body() body: GrantRoleDto): Promise<Answer> {
    return this.roles.grant(
      invoke.presenting((grant) => ({ ...granted(grant, 201), location: `/api/v1/users/${id}` })),
      id,
      body,
    );
  }

  @Post(':id/roles/:grantId/confirm')
  @Operation({
    id: 'user.confirmRole',
    de: 'Rolle bestätigen (Vier-Augen-Prinzip)',
    en: 'Confirm a role (four eyes)',
    answers: RoleGrantView,
    status: 200,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  confirmRole(
    @Invoke() invoke: Invoke,
    @Path('id') id: UserId,
    @Path('grantId') grantId: RoleGrantId,
  ): Promise<Answer> {
    return this.roles.confirm(
      invoke.presenting((grant) => granted(grant, 200)),
      id,
      grantId,
    );
  }

  @Post(':id/roles/:grantId/revoke')
  @Operation({
    id: 'user.revokeRole',
    de: 'Rolle entziehen; wirkt mit der nächsten Anfrage',
    en: 'Revoke a role; takes effect with the next request',
    answers: RoleGrantView,
    status: 200,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  revokeRole(
    @Invoke() invoke: Invoke,
    @Path('id') id: UserId,
    @Path('grantId') grantId: RoleGrantId,
  ): Promise<Answer> {
    return this.roles.revoke(
      invoke.presenting((grant) => granted(grant, 200)),
      id,
      grantId,
    );
  }
}

function presented(user: UserWithRoles, status: number): Presented {
  return { status, body: UserView.of(user), version: user.account.version };
}

function granted(grant: RoleGrant, status: number): Presented {
  return { status, body: RoleGrantView.of(grant), version: grant.version };
}
