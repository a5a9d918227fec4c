"""Issued documents stay as they are, and a register grows only with what bears its numbers."""

from django.db import migrations

KEPT = ("documents_issueddocument", "documents_outsidenumbers")

FORBID = """
CREATE FUNCTION documents_issued_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% keeps its rows as they are', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION documents_issued_is_kept();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION documents_issued_is_kept();
"""
    for table in KEPT
)
ALLOW = (
    "".join(
        f"DROP TRIGGER {table}_no_change ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
        for table in KEPT
    )
    + "DROP FUNCTION documents_issued_is_kept();"
)

# A document bears the number that its own transaction has just taken; at the end of the transaction every
# number taken has its document, or was given by the clerks' book, one after the other.
NUMBERS = """
CREATE FUNCTION documents_number_was_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number IS DISTINCT FROM (SELECT last FROM documents_numberregister WHERE id = NEW.register_id) THEN
    RAISE EXCEPTION 'number % is not the last one taken', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_issueddocument_number BEFORE INSERT ON documents_issueddocument
  FOR EACH ROW EXECUTE FUNCTION documents_number_was_taken();

CREATE FUNCTION documents_register_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before integer := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    before := OLD.last;
  END IF;
  IF NEW.last = before THEN
    RETURN NULL;
  END IF;
  IF NEW.last = before + 1 AND EXISTS
    (SELECT 1 FROM documents_issueddocument WHERE register_id = NEW.id AND number = NEW.last) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT 1 FROM documents_outsidenumbers
             WHERE register_id = NEW.id AND first = before + 1 AND last = NEW.last) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'register % goes from % to % without documents', NEW.id, before, NEW.last
    USING ERRCODE = 'check_violation';
END $$;
CREATE CONSTRAINT TRIGGER documents_numberregister_grows AFTER INSERT OR UPDATE ON documents_numberregister
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION documents_register_grows();
"""
NO_NUMBERS = """
DROP TRIGGER documents_numberregister_grows ON documents_numberregister;
DROP FUNCTION documents_register_grows();
DROP TRIGGER documents_issueddocument_number ON documents_issueddocument;
DROP FUNCTION documents_number_was_taken();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_issued_documents")]
    operations = [migrations.RunSQL(FORBID, ALLOW), migrations.RunSQL(NUMBERS, NO_NUMBERS)]
