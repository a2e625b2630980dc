import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { WHO_MAY } from '../platform/http/permit.js';
import { whoMay } from './access.rules.js';
import { BootstrapService } from './bootstrap.service.js';
import { ErasureController } from './erasure.controller.js';
import { PersonErasure } from './erasure.entity.js';
import { ErasureRepository } from './erasure.repository.js';
import { ErasureService } from './erasure.service.js';
import { PasswordService } from './password.service.js';
import { BearerStrategy, PermitGuard } from './permit.guard.js';
import { PermitService } from './permit.service.js';
import { RoleService } from './role.service.js';
import { MeController, SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { LocalStrategy } from './sign-in.guard.js';
import { SubstitutionController } from './substitution.controller.js';
import { Substitution } from './substitution.entity.js';
import { SubstitutionRepository } from './substitution.repository.js';
import { SubstitutionService } from './substitution.service.js';
import { TokenService } from './token.service.js';
import { PersonController, UserController } from './user.controller.js';
import { Person, RoleGrant, UserAccount } from './user.entity.js';
import { UserRepository } from './user.repository.js';
import { UserService } from './user.service.js';

@Module({
  imports: [
    AuditModule,
    DiscoveryModule,
    TypeOrmModule.forFeature([Person, PersonErasure, UserAccount, RoleGrant, Substitution]),
  ],
  controllers: [
    SessionController,
    MeController,
    PersonController,
    ErasureController,
    UserController,
    SubstitutionController,
  ],
  providers: [
    BearerStrategy,
    BootstrapService,
    ErasureRepository,
    ErasureService,
    LocalStrategy,
    PasswordService,
    PermitService,
    RoleService,
    SessionRepository,
    SessionService,
    SubstitutionRepository,
    SubstitutionService,
    TokenService,
    UserRepository,
    UserService,
    { provide: APP_GUARD, useClass: PermitGuard },
    { provide: WHO_MAY, useValue: whoMay },
  ],
  exports: [BootstrapService, PasswordService, RoleService, SessionService, TokenService, UserService],
})
export class IdentityModule {}
