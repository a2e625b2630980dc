import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { BankAccount } from './bank-account.entity.js';
import { BankAccountService } from './bank-account.service.js';
import { BankAccountController, CentreController } from './centre.controller.js';
import { Centre } from './centre.entity.js';
import { CentreRepository } from './centre.repository.js';
import { CentreService } from './centre.service.js';
import { Recipient } from './recipient.entity.js';

@Module({
  imports: [AuditModule, TypeOrmModule.forFeature([Recipient, Centre, BankAccount])],
  controllers: [CentreController, BankAccountController],
  providers: [CentreRepository, CentreService, BankAccountService],
  exports: [CentreService, BankAccountService],
})
export class CentresModule {}
