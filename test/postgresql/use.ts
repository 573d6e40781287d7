// Before each file that is run on PostgreSQL.
import { makeDatabasesBy } from '../factories/service-database.ts';
import { newDatabase } from './database.ts';

makeDatabasesBy(() => newDatabase());
