"""Invented documents of an invented province, in the prose of real ones."""

from __future__ import annotations

PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN SƠN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 27/KH-UBND
An Sơn, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
NÂNG CAO CHẤT LƯỢNG PHỤC VỤ TẠI BỘ PHẬN MỘT CỬA GIAI ĐOẠN 2024 - 2026

Căn cứ Quyết định số 418/QĐ-UBND ngày 05/02/2024 của Ủy ban nhân dân tỉnh An Sơn về phê duyệt Đề án một cửa;
Căn cứ Luật Cán bộ, công chức ngày 13 tháng 11 năm 2008;

Ủy ban nhân dân tỉnh An Sơn ban hành Kế hoạch nâng cao chất lượng phục vụ như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Người dân đến bộ phận một cửa được đón tiếp chu đáo.
2. Yêu cầu
- Phải niêm yết công khai thủ tục; không được để dân đi lại nhiều lần.

II. NHIỆM VỤ
1. Phấn đấu 98,5% hồ sơ giải quyết đúng hạn; 100% công chức một cửa qua tập huấn.
2. Tổ chức 03 lớp tập huấn cho 120 công chức; xây dựng mô hình “Một cửa không chờ”.
3. Thực hiện “3 biết”: biết chào hỏi, biết lắng nghe, biết cảm ơn.

III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tổ chức tập huấn trước ngày 30/6/2024.
3. Văn phòng Ủy ban nhân dân tỉnh báo cáo kết quả hằng quý.

Nơi nhận:
- Thường trực Tỉnh ủy (b/c);
- Các sở, ban, ngành;
- Lưu: VT, NV.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Hoàng Văn Mẫu
"""

ARTICLE = """Trang chủ
Tin tức
Đang online: 12

Huyện Bình Khê nhân rộng cách làm hay ở công sở
Ngày đăng 20/05/2023 | 08:15

Ngày 18/5/2023, UBND huyện Bình Khê đã ban hành Kế hoạch số 61/KH-UBND về công sở thân thiện năm 2023.

Theo đó, 12 xã, thị trấn đăng ký ít nhất 01 mô hình; mô hình “Phút lắng nghe” được chọn làm điểm.
"""

DISPATCH = """SỞ Y TẾ AN SƠN
BỆNH VIỆN ĐA KHOA BẾN LỘC
Số: 45/BV-TCHC
V/v chấn chỉnh tác phong làm việc
Bến Lộc, ngày 07 tháng 9 năm 2022
Kính gửi: Các khoa, phòng
Bệnh viện đề nghị các khoa, phòng rà soát việc đeo thẻ và báo cáo về Phòng Tổ chức trước ngày 15/9/2022./.
Nơi nhận: Như trên; Ban Giám đốc (để chỉ đạo); Lưu: VT.
"""
