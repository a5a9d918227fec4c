"""The columns that files of staff and units may have, in the words that offices use (folded)."""

from nep.platform.imports.headings import Column

STAFF = (
    Column(
        "code",
        "Mã nhân sự",
        (
            "ma nhan su", "ma nv", "ma nhan vien", "ma cbccvc", "ma cbcc", "ma cb", "ma can bo",
            "ma so can bo", "ma cong chuc", "ma so cong chuc", "ma vien chuc", "ma so vien chuc",
            "so hieu cong chuc", "so hieu vien chuc", "so hieu can bo", "so hieu", "ma ns", "ma so", "ma",
        ),
    ),
    Column(
        "name",
        "Họ và tên",
        ("ho va ten", "ho ten", "ho va ten khai sinh", "ho ten khai sinh", "ten nhan vien", "ten can bo"),
        joins=True,
    ),
    Column(
        "family",
        "Họ và tên đệm",
        ("ho va ten dem", "ho va dem", "ho dem", "ho lot", "ho va ten lot", "ho va chu dem", "ho"),
    ),
    Column("given", "Tên", ("ten",)),
    Column(
        "born",
        "Ngày sinh",
        ("ngay sinh", "ngay thang nam sinh", "sinh ngay", "ngay thang sinh", "nam sinh", "nam", "nu"),
    ),
    Column(
        "position",
        "Chức vụ",
        (
            "chuc vu", "chuc vu chuc danh", "chuc vu hien tai", "chuc vu chinh quyen", "chuc danh chuc vu",
            "chuc danh", "vi tri viec lam", "vi tri cong tac", "cong viec",
        ),
    ),
    Column("unit_code", "Mã đơn vị", ("ma don vi", "ma dv", "ma phong ban", "ma phong")),
    Column(
        "unit",
        "Đơn vị",
        (
            "don vi", "don vi cong tac", "noi cong tac", "co quan don vi", "ten don vi", "phong ban",
            "phong ban don vi", "don vi phong ban", "co quan cong tac", "khoa phong", "bo phan", "phong",
        ),
    ),
    Column(
        "kind",
        "Đối tượng",
        (
            "doi tuong", "nhom doi tuong", "loai can bo", "loai nhan su", "loai lao dong", "loai hinh",
            "dien", "loai", "ngach cong chuc", "ngach vien chuc", "ngach",
        ),
    ),
    Column(
        "email",
        "Thư điện tử",
        (
            "thu dien tu", "dia chi thu dien tu", "email", "e mail", "dia chi email", "email cong vu",
            "thu cong vu",
        ),
    ),
)  # fmt: skip

UNITS = (
    Column("code", "Mã đơn vị", ("ma don vi", "ma dv", "ma co quan", "ma so", "ma")),
    Column(
        "name",
        "Tên đơn vị",
        ("ten don vi", "ten co quan don vi", "ten day du", "ten co quan", "don vi", "ten"),
    ),
    Column("short", "Tên ngắn", ("ten ngan", "ten viet tat", "ten goi tat", "ten tat", "viet tat")),
    Column("kind", "Loại", ("loai don vi", "loai hinh don vi", "loai hinh", "loai")),
    Column(
        "parent_code",
        "Mã đơn vị cấp trên",
        ("ma don vi cap tren", "ma cap tren", "ma don vi cha", "ma cha", "ma don vi chu quan"),
    ),
    Column(
        "parent",
        "Đơn vị cấp trên",
        ("don vi cap tren", "cap tren", "cap tren truc tiep", "truc thuoc", "don vi cha", "co quan chu quan"),
    ),
    Column("line", "Hệ thống", ("he thong", "khoi")),
    Column("host_code", "Mã cơ quan gắn với", ("ma co quan gan voi", "ma don vi gan voi", "ma gan voi")),
    Column("host", "Cơ quan gắn với", ("co quan gan voi", "gan voi co quan", "gan voi", "don vi gan voi")),
)
