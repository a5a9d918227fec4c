"""What the intake hands over, and how it says no."""

from dataclasses import dataclass

MAX_BYTES = 40_000_000
"""Largest file taken, in bytes. 40 MB in powers of ten: what is over 40 MB in any counting is refused."""

MAX_TEXT = 2_000_000
"""Longest text taken, in code points: some 700 printed pages, read in seconds."""

MAX_PAGES = 600
"""Most pages of a PDF."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know about a text that was taken: it may not be whole or right."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Intake:
    """The text of a document as it was decoded; every place found later counts code points of `original`."""

    original: str
    media_type: str
    pages: int | None = None
    title_hint: str | None = None
    warnings: tuple[Caution, ...] = ()


class Refused(Exception):
    """A file that is not taken: one code for programs, one Vietnamese line for people."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        self.sentence = _SENTENCES[code].format(**values)
        super().__init__(self.sentence)


_SEND_INSTEAD = "hãy gửi tệp .docx, .pdf có lớp chữ, .txt hoặc .html"

_SENTENCES = {
    # the path
    "missing": "Không có tệp này; hãy kiểm tra lại tên và đường dẫn.",
    "directory": "Đây là một thư mục, không phải tệp; hãy chỉ đúng tệp cần đọc.",
    "not-a-file": "Đây không phải tệp thường (ống dẫn hoặc thiết bị); hãy chỉ đúng tệp cần đọc.",
    "unreadable": "Không mở được tệp ({reason}); hãy kiểm tra quyền đọc tệp.",
    # the size
    "too-big": "Tệp nặng {megabytes} MB, quá giới hạn 40 MB; hãy giảm dung lượng hình ảnh hoặc tách tệp.",
    "too-long": "Văn bản dài quá 2.000.000 ký tự; hãy tách thành nhiều tệp.",
    "too-many-pages": "Tệp PDF có {pages} trang, quá giới hạn 600 trang; hãy tách thành nhiều tệp.",
    "too-slow": "Tệp quá phức tạp, đọc mãi không xong nên đã dừng; hãy lưu lại thành tệp .docx rồi gửi.",
    "too-heavy": "Tệp đòi quá nhiều bộ nhớ khi mở nên đã dừng; hãy lưu lại thành tệp .docx rồi gửi.",
    "empty": "Tệp rỗng, không có nội dung; hãy kiểm tra rồi gửi lại.",
    "blank": "Tệp không có chữ nào để đọc; hãy kiểm tra rồi gửi lại.",
    # what the file is
    "scan": "Tệp là bản quét hoặc ảnh chụp, không có lớp chữ; hãy gửi tệp Word gốc hoặc PDF có lớp chữ.",
    "garbled": "Chữ trong tệp PDF không giải mã được (phông chữ thiếu bảng mã); hãy gửi tệp Word gốc.",
    "encrypted": "Tệp có mật khẩu mở; hãy bỏ mật khẩu rồi gửi lại.",
    "old-word": "Tệp là Word đời cũ (.doc); hãy mở bằng Word, lưu thành .docx rồi gửi lại.",
    "rtf": "Tệp là RTF; hãy mở bằng Word, lưu thành .docx rồi gửi lại.",
    "odt": "Tệp là OpenDocument (.odt); hãy lưu thành .docx rồi gửi lại.",
    "mhtml": "Tệp là trang web đóng gói (.mht); hãy lưu thành .docx hoặc .html rồi gửi lại.",
    "xml": "Tệp là XML, không phải văn bản; " + _SEND_INSTEAD + ".",
    "spreadsheet": "Tệp là bảng tính, không phải văn bản; " + _SEND_INSTEAD + ".",
    "presentation": "Tệp là bài trình chiếu, không phải văn bản; " + _SEND_INSTEAD + ".",
    "archive": "Tệp là gói nén, không phải văn bản; hãy giải nén rồi gửi từng văn bản.",
    "image": "Tệp là hình ảnh, không có lớp chữ; hãy gửi tệp Word gốc hoặc PDF có lớp chữ.",
    "media": "Tệp là âm thanh hoặc phim, không phải văn bản; " + _SEND_INSTEAD + ".",
    "executable": "Tệp là chương trình máy tính, không phải văn bản, nên không được nhận.",
    "binary": "Tệp không phải văn bản (dữ liệu nhị phân); " + _SEND_INSTEAD + ".",
    "encoding": "Không nhận ra bảng mã chữ của tệp; hãy lưu lại bằng UTF-8 rồi gửi.",
    # what is wrong with it
    "zip-bomb": "Tệp nén phình quá lớn khi mở (bom nén), nên không được nhận.",
    "entities": "Tệp chứa khai báo thực thể XML, không có trong tệp Word thật, nên không được nhận.",
    "nested": "Tệp có các lớp lồng nhau quá sâu; hãy mở bằng Word, lưu lại thành .docx rồi gửi.",
    "truncated": "Tệp bị thiếu phần cuối (có thể tải chưa xong); hãy tải lại đầy đủ rồi gửi.",
    "damaged": "Tệp bị hỏng, không mở được; hãy mở bằng Word, lưu lại rồi gửi.",
    # the machine
    "busy": "Máy đang thiếu tài nguyên nên chưa đọc được tệp; hãy thử lại sau ít phút.",
}
