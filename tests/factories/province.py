"""A small province for tests: departments, communes, schools, unions, party units, people in every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from nep.accounts.models import User
from nep.accounts.roles import FOCAL, HEAD, MOVEMENT_OFFICER, SUPERVISOR, Role
from nep.org.access import Actor
from nep.org.models import Line, Person, Position, Unit, UnitKind
from nep.org.services.grants import grant_role
from nep.org.services.people import post_person, register_person
from nep.org.services.units import NewUnit, open_unit
from tests.factories.kept import Kept

OPENED = date(2025, 7, 1)
AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass
class Province:
    """Units by code and actors by login."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, login: str, on: date = TODAY) -> Actor:
        """The account of this login as it stands on a day."""
        return Actor(self.users[login], on)

    def person(self, login: str) -> Person:
        """The person behind an account."""
        return Person.objects.get(user=self.users[login])

    def open(
        self,
        code: str,
        name: str,
        kind: UnitKind,
        line: Line = Line.AUTHORITY,
        *,
        parent: str = "",
        host: str = "",
    ) -> Unit:
        """Open a unit below another one."""
        unit = open_unit(
            NewUnit(code, name, kind, line),
            actor=None,
            on=OPENED,
            at=AT,
            parent=self.units.get(parent),
            host=self.units.get(host),
        )
        self.units[code] = unit
        return unit

    def staff(self, login: str, name: str, unit: str, *roles: Role, position: str = "Chuyên viên") -> User:
        """Somebody with an account, a posting in the unit and roles over it."""
        user = User(login=login, name=name)
        user.set_unusable_password()
        user.save()
        self.users[login] = user
        post, _ = Position.objects.get_or_create(
            name=position, defaults={"is_head": position == "Thủ trưởng"}
        )
        person = register_person(f"NV-{login}", name, actor=None, at=AT, user=user)
        post_person(person, actor=None, unit=self.units[unit], position=post, on=OPENED, at=AT)
        for role in roles:
            grant_role(user, role, actor=None, unit=self.units[unit], on=OPENED, at=AT)
        return user


def by_services() -> Province:
    p = Province()
    p.open("UBND", "Ủy ban nhân dân tỉnh Vân Lĩnh", UnitKind.PROVINCE)
    p.open("SNV", "Sở Nội vụ", UnitKind.DEPARTMENT, parent="UBND")
    p.open("SYT", "Sở Y tế", UnitKind.DEPARTMENT, parent="UBND")
    p.open("XA1", "Ủy ban nhân dân xã Mường Khe", UnitKind.COMMUNE, parent="UBND")
    p.open("XA2", "Ủy ban nhân dân phường Hải Ninh", UnitKind.COMMUNE, parent="UBND")
    p.open("TH1", "Trường Trung học cơ sở Mường Khe", UnitKind.SCHOOL, parent="XA1")
    p.open("TH2", "Trường Tiểu học Hải Ninh", UnitKind.SCHOOL, parent="XA2")
    p.open("CD", "Công đoàn viên chức tỉnh Vân Lĩnh", UnitKind.UNION, Line.UNION, host="UBND")
    p.open("CD1", "Công đoàn cơ sở Sở Nội vụ", UnitKind.UNION, Line.UNION, parent="CD", host="SNV")
    p.open("CD2", "Công đoàn cơ sở xã Mường Khe", UnitKind.UNION, Line.UNION, parent="CD", host="XA1")
    p.open("DU", "Đảng ủy Ủy ban nhân dân tỉnh Vân Lĩnh", UnitKind.PARTY, Line.PARTY, host="UBND")
    p.open("CB1", "Chi bộ Sở Nội vụ", UnitKind.PARTY, Line.PARTY, parent="DU", host="SNV")
    p.staff("ubnd-head", "Hà Đức Thuận", "UBND", HEAD, position="Thủ trưởng")
    p.staff("ubnd-officer", "Đặng Thị Hoài Thu", "UBND", MOVEMENT_OFFICER)
    for line in (Line.UNION, Line.PARTY):
        for login, role in (("ubnd-head", HEAD), ("ubnd-officer", MOVEMENT_OFFICER)):
            grant_role(p.users[login], role, actor=None, unit=p.units["UBND"], on=OPENED, at=AT, line=line)
    p.staff("snv-head", "Lò Văn Thành", "SNV", HEAD, position="Thủ trưởng")
    p.staff("snv-focal", "Phan Tiến Dũng", "SNV", FOCAL)
    p.staff("snv-staff", "Vũ Thị Ngọc Diệp", "SNV")
    p.staff("xa1-head", "Giàng A Sử", "XA1", HEAD, position="Thủ trưởng")
    p.staff("xa1-focal", "Ma Thị Nguyệt", "XA1", FOCAL)
    p.staff("xa1-staff", "Nông Đức Kiên", "XA1")
    p.staff("xa2-head", "Chu Bích Hằng", "XA2", HEAD, position="Thủ trưởng")
    p.staff("th1-head", "Bế Thu Trang", "TH1", HEAD, position="Thủ trưởng")
    p.staff("th1-staff", "Phùng Mai Chi", "TH1")
    p.staff("cd-head", "Trịnh Hải Yến", "CD", HEAD, position="Thủ trưởng")
    p.staff("cd-officer", "Lý Sùng Páo", "CD", MOVEMENT_OFFICER)
    p.staff("cd1-head", "Đinh Công Mạnh", "CD1", HEAD, position="Thủ trưởng")
    p.staff("supervisor", "Hoàng Văn Tụ", "UBND", SUPERVISOR)
    stranger = User(login="stranger", name="Vàng A Dế")
    stranger.set_unusable_password()
    stranger.save()
    p.users["stranger"] = stranger
    return p


def as_it_stands() -> Province:
    units = {unit.code: unit for unit in Unit.objects.order_by("pk")}
    return Province(units, {user.login: user for user in User.objects.order_by("pk")})


_kept = Kept(by_services, as_it_stands)


def small_province() -> Province:
    """See the module; logins are `<unit>-<role>`: ubnd-head, so-officer, xa1-focal, truong-staff …"""
    return _kept()
