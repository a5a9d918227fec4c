"""Roles as readable code: what each may do, in which words it is given.

A role is given to an account for one unit, one line and a span of days (`org.Grant`); it reaches the unit and
all below it in that line. Whoever is posted in a unit has the role OFFICIAL there without a grant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that may be done."""

    VIEW_UNITS = "view_units"
    VIEW_PEOPLE = "view_people"
    VIEW_DOCUMENTS = "view_documents"
    UPLOAD_DOCUMENTS = "upload_documents"
    VIEW_PROGRAMMES = "view_programmes"
    DRAFT_PROGRAMMES = "draft_programmes"
    LAUNCH_PROGRAMMES = "launch_programmes"
    PREPARE_ADOPTIONS = "prepare_adoptions"
    ISSUE_ADOPTIONS = "issue_adoptions"
    SUBMIT_EVIDENCE = "submit_evidence"
    DECIDE_EVIDENCE = "decide_evidence"
    URGE_UNITS = "urge_units"
    ENTER_FIGURES = "enter_figures"
    MANAGE_INDICATORS = "manage_indicators"
    MANAGE_UNITS = "manage_units"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ROLES = "manage_roles"
    IMPORT_STAFF = "import_staff"
    LOCK_PERIODS = "lock_periods"
    DELEGATE = "delegate"
    READ_TRAIL = "read_trail"


# Each permission as the page of rights tells it.
WORDS = {
    Permission.VIEW_UNITS: "Xem đơn vị và cây tổ chức",
    Permission.VIEW_PEOPLE: "Xem người của các đơn vị",
    Permission.VIEW_DOCUMENTS: "Xem văn bản trong kho",
    Permission.UPLOAD_DOCUMENTS: "Đưa văn bản vào kho",
    Permission.VIEW_PROGRAMMES: "Xem phong trào, kế hoạch và kết quả",
    Permission.DRAFT_PROGRAMMES: "Soạn chương trình",
    Permission.LAUNCH_PROGRAMMES: "Phát động, kết luận sơ kết và tổng kết",
    Permission.PREPARE_ADOPTIONS: "Chuẩn bị kế hoạch của đơn vị",
    Permission.ISSUE_ADOPTIONS: "Ban hành kế hoạch của đơn vị, giao xuống cấp dưới",
    Permission.SUBMIT_EVIDENCE: "Nộp minh chứng thay mặt đơn vị",
    Permission.DECIDE_EVIDENCE: "Xét minh chứng của đơn vị cấp dưới",
    Permission.URGE_UNITS: "Ký văn bản đôn đốc đơn vị trễ hạn",
    Permission.ENTER_FIGURES: "Nhập số liệu chỉ số của đơn vị",
    Permission.MANAGE_INDICATORS: "Đặt chỉ số, yêu cầu báo cáo, nhập số liệu cấp dưới từ tệp",
    Permission.MANAGE_UNITS: "Lập, đổi tên, sáp nhập, kết thúc đơn vị",
    Permission.MANAGE_PEOPLE: "Thêm người, ghi vị trí công tác",
    Permission.MANAGE_ROLES: "Giao và thu hồi vai trò",
    Permission.IMPORT_STAFF: "Nhập đơn vị và nhân sự từ Excel",
    Permission.LOCK_PERIODS: "Khóa số liệu của kỳ",
    Permission.DELEGATE: "Ủy quyền cho cấp phó, xác nhận vai trò quan trọng",
    Permission.READ_TRAIL: "Đọc và xuất nhật ký",
}

# What an administrator may do only in elevated mode, which asks for the password again and ends by itself.
ELEVATED = frozenset(
    {
        Permission.MANAGE_UNITS,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ROLES,
        Permission.IMPORT_STAFF,
    }
)


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions; `description` is what the person who gives it reads."""

    code: str
    label: str
    description: str
    permissions: frozenset[Permission]

    def __contains__(self, permission: str) -> bool:
        return permission in self.permissions


_SEE = frozenset({Permission.VIEW_UNITS, Permission.VIEW_DOCUMENTS, Permission.VIEW_PROGRAMMES})

OFFICIAL = Role(
    "official",
    "Công chức, viên chức",
    "Xem phong trào của đơn vị mình; nộp minh chứng cho việc được giao đích danh.",
    _SEE,
)
FOCAL = Role(
    "focal",
    "Đầu mối của đơn vị",
    "Chuẩn bị kế hoạch của đơn vị, giao việc cho người, nộp minh chứng.",
    _SEE
    | {
        Permission.VIEW_PEOPLE,
        Permission.UPLOAD_DOCUMENTS,
        Permission.PREPARE_ADOPTIONS,
        Permission.SUBMIT_EVIDENCE,
        Permission.ENTER_FIGURES,
    },
)
MOVEMENT_OFFICER = Role(
    "movement_officer",
    "Chuyên viên phong trào",
    "Đưa kế hoạch vào, soạn chương trình, theo dõi và xét minh chứng của các đơn vị trực thuộc.",
    FOCAL.permissions
    | {Permission.DRAFT_PROGRAMMES, Permission.DECIDE_EVIDENCE, Permission.MANAGE_INDICATORS},
)
HEAD = Role(
    "head",
    "Thủ trưởng",
    "Phát động, ban hành kế hoạch của đơn vị, xét minh chứng và đôn đốc đơn vị trực thuộc, "
    "kết luận sơ kết và tổng kết.",
    FOCAL.permissions
    | {
        Permission.LAUNCH_PROGRAMMES,
        Permission.ISSUE_ADOPTIONS,
        Permission.DECIDE_EVIDENCE,
        Permission.URGE_UNITS,
        Permission.MANAGE_INDICATORS,
        Permission.LOCK_PERIODS,
        Permission.DELEGATE,
    },
)
SUPERVISOR = Role(
    "supervisor",
    "Giám sát",
    "Xem toàn bộ phong trào, minh chứng và diễn biến, không sửa (Ủy ban kiểm tra, Ban Thanh tra nhân dân).",
    _SEE | {Permission.VIEW_PEOPLE},
)
ADMINISTRATOR = Role(
    "administrator",
    "Quản trị tổ chức",
    "Lập đơn vị, con người và giao vai trò; không xem được nội dung phong trào.",
    frozenset({Permission.VIEW_UNITS, Permission.VIEW_PEOPLE}) | ELEVATED,
)
AUDITOR = Role(
    "auditor",
    "Kiểm soát nhật ký",
    "Đọc, lọc và xuất nhật ký của đơn vị và cấp dưới; không sửa gì.",
    frozenset({Permission.VIEW_UNITS, Permission.VIEW_PEOPLE, Permission.READ_TRAIL}),
)

ROLES = {
    role.code: role for role in (OFFICIAL, FOCAL, MOVEMENT_OFFICER, HEAD, SUPERVISOR, ADMINISTRATOR, AUDITOR)
}
# Roles that count only once a second person has confirmed them.
WEIGHTY = frozenset({HEAD.code, SUPERVISOR.code, ADMINISTRATOR.code, AUDITOR.code})
# Who holds a role in the place of another person does not pass it on.
NOT_PASSED_ON = frozenset({Permission.DELEGATE})
# Roles that one person does not hold at the same time: who administers does not audit the administration.
APART = frozenset({frozenset({ADMINISTRATOR.code, AUDITOR.code})})


def roles_with(permission: str) -> tuple[Role, ...]:
    """The roles that give a permission."""
    return tuple(role for role in ROLES.values() if permission in role)
